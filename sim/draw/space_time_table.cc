#include "sim/draw/roles.h"
#include "sim/draw/space_time.h"

#include <string>

namespace cleave::draw {

Table table_of_space_time(const Recording& recording, const View& view, std::size_t most) {
  Table table{
      "Messages in the window", {"sent", "from", "to", "message", "kind", "ended", "how"}, {}};
  const Roles roles(recording);
  for (const TracedMessage& message : recording.trace.messages_around(view.from, view.to)) {
    if (message.ended < view.from || message.sent > view.to) continue;
    if (view.hidden.contains(message.from) || view.hidden.contains(message.to)) continue;
    if (table.rows.size() == most) break;
    table.rows.push_back({clock_text(message.sent), std::string(recording.name(message.from)),
                          std::string(recording.name(message.to)),
                          std::string(recording.message_name(message.to, message.name)),
                          std::string(to_string(roles.kind(message.from, message.to))),
                          clock_text(message.ended), std::string(fate(message.end))});
  }
  return table;
}

}  // namespace cleave::draw
