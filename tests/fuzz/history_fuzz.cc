// Any bytes as a history: reading ends, gives a history that keeps its rules or says what is wrong,
// and does not depend on how the bytes come. The first byte chooses format and model. Build with
// clang and CLEAVE_FUZZ=ON; run with a folder of its own for what it finds, then the corpus:
// history_fuzz FOUND tests/fuzz/corpus/history
#include "sim/exchange/read_history.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace cleave::exchange {
namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

ReadBlock blocks_of(std::string_view text, std::size_t block) {
  return [text, block](char* into, std::size_t at_most) mutable {
    const std::size_t count = std::min({at_most, block, text.size()});
    std::memcpy(into, text.data(), count);
    text.remove_prefix(count);
    return count;
  };
}

// Everything that was read, in words, or what is wrong with it.
std::string read(std::string_view text, const ReadOptions& options, std::size_t block) {
  Diagnostics diagnostics;
  const auto read = read_history(blocks_of(text, block), "fuzz", options, diagnostics);
  require(read.has_value() == diagnostics.empty(), "a history, or a reason");
  if (!read) {
    for (const Diagnostic& diagnostic : diagnostics.all())
      require(diagnostic.mark.line >= 1 && diagnostic.mark.column >= 1, "everything has a place");
    return diagnostics.format();
  }
  require(!check_history(read->history), "a history keeps its rules");
  std::string words;
  for (const Operation& operation : read->history.operations)
    words += to_text(read->history, operation) + "\n";
  return words;
}

}  // namespace
}  // namespace cleave::exchange

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cleave;            // NOLINT(google-build-using-namespace): outside the
  using namespace cleave::exchange;  // NOLINT(google-build-using-namespace): namespace by contract
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  ReadOptions options;
  options.format = formats()[data[0] % formats().size()];
  options.model = all_models()[data[0] / formats().size() % all_models().size()];
  options.keyed = data[0] % 7 == 0;
  require(read(text, options, size) == read(text, options, 1), "blocks make no difference");
  return 0;
}
