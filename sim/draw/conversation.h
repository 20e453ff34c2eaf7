// A conversation at the cursor, as its people have it before them: a column for each of a few
// devices with its own list, newest at the bottom; what each of its own messages has come to; a
// rule where the network was cut; and lines between messages that two devices show in another
// order.
#pragma once
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"
#include "sim/scenario/threads.h"

#include <cstdint>
#include <optional>

namespace cleave::draw {

// The conversation that is shown: the one of the view, else the one in which most was said. Nothing
// if there is none.
std::optional<std::uint32_t> shown_conversation(const Recording& recording, const View& view);

// `threads`: as they are at the cursor. Bubbles are spots, for the event that showed them.
Drawing draw_conversation(const Recording& recording, const Threads& threads, const View& view,
                          Size size);
Table table_of_conversation(const Recording& recording, const Threads& threads, const View& view);

}  // namespace cleave::draw
