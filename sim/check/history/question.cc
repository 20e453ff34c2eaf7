#include "sim/check/history/question.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cleave {
namespace {

template <class T>
struct Named {
  T value;
  std::string_view name;
};
template <class T>
Named(T, std::string_view) -> Named<T>;

constexpr std::array kModels{
    Named{Model::reg, "register"},
    Named{Model::cas_register, "cas-register"},
    Named{Model::multi_register, "multi-register"},
    Named{Model::max_register, "max-register"},
    Named{Model::mutex, "mutex"},
    Named{Model::set, "set"},
    Named{Model::set_full, "set-full"},
    Named{Model::counter, "counter"},
    Named{Model::queue, "queue"},
    Named{Model::fifo_queue, "fifo-queue"},
    Named{Model::log, "log"},
    Named{Model::kv, "kv"},
    Named{Model::list_append, "list-append"},
    Named{Model::rw_register, "rw-register"},
    Named{Model::bank, "bank"},
    Named{Model::long_fork, "long-fork"},
    Named{Model::unique_ids, "unique-ids"},
};

constexpr std::array kLevels{
    Named{Level::strict_serializable, "strict-serializable"},
    Named{Level::strong_session_serializable, "strong-session-serializable"},
    Named{Level::serializable, "serializable"},
    Named{Level::strong_session_snapshot_isolation, "strong-session-snapshot-isolation"},
    Named{Level::snapshot_isolation, "snapshot-isolation"},
    Named{Level::parallel_snapshot_isolation, "parallel-snapshot-isolation"},
    Named{Level::repeatable_read, "repeatable-read"},
    Named{Level::linearizable, "linearizable"},
    Named{Level::sequential, "sequential"},
    Named{Level::causal_memory, "causal-memory"},
    Named{Level::causal_convergence, "causal-convergence"},
    Named{Level::causal, "causal"},
    Named{Level::read_atomic, "read-atomic"},
    Named{Level::monotonic_atomic_view, "monotonic-atomic-view"},
    Named{Level::read_committed, "read-committed"},
    Named{Level::read_uncommitted, "read-uncommitted"},
    Named{Level::pram, "pram"},
    Named{Level::read_your_writes, "read-your-writes"},
    Named{Level::monotonic_reads, "monotonic-reads"},
    Named{Level::monotonic_writes, "monotonic-writes"},
    Named{Level::writes_follow_reads, "writes-follow-reads"},
    Named{Level::exactly_once, "exactly-once"},
    Named{Level::at_least_once, "at-least-once"},
    Named{Level::at_most_once, "at-most-once"},
    Named{Level::total_order, "total-order"},
    Named{Level::fifo_delivery, "fifo-delivery"},
    Named{Level::bounded, "bounded"},
    Named{Level::convergence, "convergence"},
};

template <class T, std::size_t N>
constexpr bool in_order(const std::array<Named<T>, N>& names) {
  for (std::size_t i = 0; i < N; ++i)
    if (static_cast<std::size_t>(names[i].value) != i) return false;
  return true;
}
static_assert(in_order(kModels) && in_order(kLevels));

template <class T, std::size_t N>
constexpr std::array<T, N> values_of(const std::array<Named<T>, N>& names) {
  std::array<T, N> values{};
  for (std::size_t i = 0; i < N; ++i)
    values[i] = names[i].value;
  return values;
}
constexpr auto kAllModels = values_of(kModels);
constexpr auto kAllLevels = values_of(kLevels);

template <class T, std::size_t N>
std::optional<T> find(const std::array<Named<T>, N>& names, std::string_view name) {
  for (const Named<T>& known : names)
    if (known.name == name) return known.value;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Model model) {
  return kModels.at(static_cast<std::size_t>(model)).name;
}
std::string_view to_string(Level level) {
  return kLevels.at(static_cast<std::size_t>(level)).name;
}

std::optional<Model> model_of(std::string_view name) {
  return find(kModels, name);
}
std::optional<Level> level_of(std::string_view name) {
  return find(kLevels, name);
}

std::span<const Model> all_models() {
  return kAllModels;
}
std::span<const Level> all_levels() {
  return kAllLevels;
}

std::vector<std::uint32_t> operations_of(const Finding& finding) {
  std::vector<std::uint32_t> all = finding.witness;
  const auto add = [&all](std::uint32_t operation) {
    if (std::find(all.begin(), all.end(), operation) == all.end()) all.push_back(operation);
  };
  for (const Because& because : finding.because) {
    add(because.from);
    add(because.to);
  }
  return all;
}

}  // namespace cleave
