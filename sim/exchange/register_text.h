// What the texts of Plume and AWDIT have in common: transactions of sessions on registers, whose
// keys and values are numbers. No line says when anything happened.
#pragma once
#include "sim/check/history/history_builder.h"
#include "sim/exchange/text_reader.h"

#include <optional>
#include <string_view>

namespace cleave::exchange {

// Cuts the blanks around a text off.
std::string_view trimmed(std::string_view text);
// Decimal digits, perhaps after a '-'.
std::optional<Value> whole_number(std::string_view digits, Names& names);
// `r` or `w`.
std::optional<Call> access_of(std::string_view letter);

Step access_step(Call call, std::uint32_t key, Value value);
// One that is over, and comes after what its session did before.
void add_transaction(HistoryBuilder& builder, Value session, std::span<const Step> steps,
                     Ending ending, std::uint64_t line);

}  // namespace cleave::exchange
