// Jepsen's histories: maps of :type, :f, :process and :value, in EDN or, as elle-cli takes them, in
// JSON with strings for keywords. One list of them, or one after another.
#pragma once
#include "sim/exchange/assembler.h"
#include "sim/exchange/form_reader.h"

namespace cleave::exchange {

// What a process that is no number (the nemesis) says is passed by. Throws Malformed.
void read_events(TextReader& text, Dialect dialect, Assembler& assembler);

}  // namespace cleave::exchange
