// The space-time diagram (Lamport 1978): one lane for each node, time from left to right, and an
// arrow for each message from where and when it was sent to where and when it ended.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <cstdint>

namespace cleave::draw {

// How much of each message is drawn, by how many there are in the window.
enum class Detail : std::uint8_t {
  full,     // arrows with heads, each a spot
  thin,     // lines
  density,  // how many ends of messages each lane has, and how many were lost
};
inline constexpr std::size_t kMostFull = 400;
inline constexpr std::size_t kMostThin = 4'000;
Detail detail_for(std::size_t messages);

// Below this height of a lane, clients of one group and region share one: "east ×20"; if that is
// not enough, replicas do too.
inline constexpr double kLeastLane = 16;

// The window of the view; the cursor is drawn by cursor.h.
TimedDrawing draw_space_time(const Recording& recording, const View& view, Size size);
// The messages in the window, at most `most` of them.
Table table_of_space_time(const Recording& recording, const View& view, std::size_t most = 1'000);

}  // namespace cleave::draw
