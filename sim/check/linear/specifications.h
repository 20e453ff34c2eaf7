// The specifications, by the shape of their states. Only specification_of() needs to know them.
#pragma once
#include "sim/check/linear/specification.h"

namespace cleave::linear {

// reg, cas_register, max_register, mutex (which anybody may release), counter.
std::unique_ptr<Specification> one_word(const History& history, const Question& question,
                                        std::span<const std::uint32_t> actions);
// set, set_full, queue, fifo_queue: the elements. Requires: drains are those whose answer is not
// known.
std::unique_ptr<Specification> container(const History& history, const Question& question,
                                         std::span<const std::uint32_t> actions,
                                         Strangers strangers);
// log, kv: what was appended so far.
std::unique_ptr<Specification> sequence(const History& history, const Question& question,
                                        std::span<const std::uint32_t> actions,
                                        Strangers strangers);
// multi_register: the value of each key. Steps of a transaction see those before them.
std::unique_ptr<Specification> registers(const History& history, const Question& question,
                                         std::span<const std::uint32_t> actions);

}  // namespace cleave::linear
