// The network at one moment: regions as islands, on ground of one shade where everybody reaches
// everybody, replicas and clients in them, links with their latency, what is cut, who is down, and
// messages on their way, which the trace knows, so that they also move backwards.
#pragma once
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/draw/view.h"
#include "sim/engine/world.h"
#include "sim/explore/recording.h"

#include <cstddef>

namespace cleave::draw {

// More messages on their way than this are drawn as flows between regions.
constexpr std::size_t kMostDots = 300;

// `now` is the World at view.at; of View also the reference matters, from which badges count. The
// places of things depend on the recording and the size alone, so that nothing moves but messages.
// Spots are regions, nodes (of a stack of clients: a lane), links and messages.
Drawing draw_map(const Recording& recording, const World& now, const View& view, Size size);
Table table_of_map(const Recording& recording, const World& now, const View& view);

}  // namespace cleave::draw
