// The text that AWDIT's tests are written in, one access a line, `r KEY VALUE` or `w KEY VALUE`;
// a line of '-' ends a transaction, one of '=' a session. Nothing is written but what is written:
// initial values have a transaction of their own.
#pragma once
#include "sim/check/history/history.h"
#include "sim/exchange/text_reader.h"

namespace cleave::exchange {

// Sessions are numbered from 0. Throws Malformed.
History read_awdit(TextReader& text);

}  // namespace cleave::exchange
