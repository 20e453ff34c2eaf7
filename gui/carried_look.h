// A look at one future as the same look at another. What is looked at is known there by its name:
// another configuration may have other nodes, stores and claims, and numbers of events and messages
// mean others once two futures have parted. What the other future does not have is let go.
#pragma once
#include "gui/view_state.h"
#include "sim/explore/recording.h"

namespace cleave::gui {

// Whether there is such a thing in the run.
bool exists(const Recording& run, draw::Target target);

// What is the same in another run; nothing, if it has none.
draw::Target carried(draw::Target target, const Recording& from, const Recording& to);
// The view and the event of a look. The caller says which future it is of then, and beside which.
Look carried(Look look, const Recording& from, const Recording& to);

// To begin with: the first replica of the view's store as reference, and it and the last as pair.
void choose_replicas(draw::View& view, const Recording& run);

}  // namespace cleave::gui
