#include "sim/exchange/register_text.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace cleave::exchange {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

std::optional<Value> whole_number(std::string_view digits, Names& names) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool fits = error == std::errc() && end == digits.data() + digits.size();
  if (fits && integer(number).is_integer()) return integer(number);
  std::string_view rest = digits;
  if (rest.starts_with('-')) rest.remove_prefix(1);
  const bool whole = !rest.empty() && rest.find_first_not_of("0123456789") == rest.npos;
  return whole ? std::optional(names.intern(digits)) : std::nullopt;
}

std::optional<Call> access_of(std::string_view letter) {
  if (letter == "r") return Call::read;
  if (letter == "w") return Call::write;
  return std::nullopt;
}

Step access_step(Call call, std::uint32_t key, Value value) {
  Step step;
  step.call = call;
  step.key = key;
  if (call == Call::write) {
    step.argument = value;
  } else {
    step.answer = Answer::one;
    step.result = value;
  }
  return step;
}

void add_transaction(HistoryBuilder& builder, Value session, std::span<const Step> steps,
                     Ending ending, std::uint64_t line) {
  Operation transaction;
  transaction.call = Call::transaction;
  transaction.steps = builder.steps(steps);
  builder.invoke(session, transaction, line);
  builder.complete(session, ending, line);
}

}  // namespace cleave::exchange
