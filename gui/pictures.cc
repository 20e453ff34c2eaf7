#include "gui/pictures.h"

#include "sim/draw/conversation.h"
#include "sim/draw/cursor.h"
#include "sim/draw/cycle.h"
#include "sim/draw/divergence.h"
#include "sim/draw/ledger.h"
#include "sim/draw/map.h"
#include "sim/draw/matrix.h"
#include "sim/draw/roles.h"
#include "sim/draw/space_time.h"
#include "sim/draw/text_width.h"
#include "sim/draw/time_parts.h"
#include "sim/draw/timeline.h"

#include <memory>
#include <string>
#include <utility>

namespace cleave::gui {
namespace {

Shown shown(draw::TimedDrawing picture) {
  return {std::move(picture.drawing), picture.axis};
}

// Of two that are compared, each says which it is.
void add_name_of_future(draw::TimedDrawing& picture, const std::string& name) {
  picture.drawing.add(draw::Label{{picture.axis.right, draw::kTickRow + 13},
                                  name,
                                  draw::kSmallBold,
                                  draw::Align::right,
                                  draw::Ink::accent});
}

// The distance curve of one future, with the cursor on it.
Picture divergence_of(Stage& stage, std::string name, const std::function<std::size_t()>& run) {
  const auto recording = [&stage, run]() -> const Recording& {
    return *stage.futures().at(run()).recording;
  };
  Picture picture;
  picture.name = std::move(name);
  picture.hint = "How many updates replicas are apart. Click or drag to move the cursor.";
  const auto curve = std::make_shared<draw::DistanceCurve>();  // as it was last drawn
  picture.still = [&stage, run, recording, curve](draw::Size size) {
    const draw::View view = stage.view_of(run());
    *curve = draw::distance_curve(stage.tracks(run()), view);
    draw::TimedDrawing drawn = draw::draw_divergence(recording(), stage.tracks(run()), view, size);
    if (stage.beside()) add_name_of_future(drawn, stage.futures().at(run()).label);
    return shown(std::move(drawn));
  };
  picture.moving = [&stage, curve](const Shown& still, draw::Size size) {
    const Time at = stage.view().at;
    draw::Drawing over = draw::draw_cursor(*still.axis, stage.view(), size);
    if (!still.axis->shows(at)) return over;
    draw::lay_over(over, draw::draw_reading(*still.axis,
                                            draw::point_of_distance(size, *still.axis, *curve, at),
                                            draw::apart_text(curve->track.at(at)), size));
    return over;
  };
  picture.table = [&stage, run, recording] {
    return draw::table_of_divergence(recording(), stage.tracks(run()), stage.view_of(run()));
  };
  return picture;
}

}  // namespace

Picture map_picture(Stage& stage) {
  Picture picture;
  picture.name = "Network";
  picture.hint = "Drag across a link to cut it; right-click a place or a node for more.";
  picture.still = [&stage](draw::Size size) {
    return Shown{draw::draw_map(stage.recording(), stage.now(), stage.view(), size), {}};
  };
  picture.table = [&stage] {
    return draw::table_of_map(stage.recording(), stage.now(), stage.view());
  };
  return picture;
}

Picture space_time_picture(Stage& stage) {
  Picture picture;
  picture.name = "Space-time diagram";
  picture.hint =
      "A lane for each node, time to the right, an arrow for each message. Wheel: zoom; Shift and "
      "wheel: pan; click an arrow to follow the message.";
  picture.still = [&stage](draw::Size size) {
    return shown(draw::draw_space_time(stage.recording(), stage.view(), size));
  };
  picture.moving = [&stage](const Shown& still, draw::Size size) {
    draw::Drawing over = draw::draw_future(*still.axis, stage.view(), size);
    draw::lay_over(over, draw::draw_cursor(*still.axis, stage.view(), size));
    return over;
  };
  picture.table = [&stage] { return draw::table_of_space_time(stage.recording(), stage.view()); };
  return picture;
}

Picture divergence_picture(Stage& stage) {
  return divergence_of(stage, "Replica divergence", [&stage] { return stage.state().run(); });
}

Picture beside_picture(Stage& stage) {
  return divergence_of(stage, "Divergence of the other future",
                       [&stage] { return stage.state().look().beside.value_or(0); });
}

Picture matrix_picture(Stage& stage) {
  Picture picture;
  picture.name = "Distances of all pairs";
  picture.hint = "Click a cell to compare two replicas.";
  picture.still = [&stage](draw::Size size) {
    return Shown{draw::draw_matrix(stage.recording(), stage.now(), stage.view(), size), {}};
  };
  picture.table = [&stage] {
    return draw::table_of_matrix(stage.recording(), stage.now(), stage.view());
  };
  return picture;
}

Picture timeline_picture(Stage& stage) {
  Picture picture;
  picture.name = "Timeline";
  picture.hint =
      "The whole run. Click or drag to move the cursor; drag an edge of a fault to move it.";
  picture.still = [&stage](draw::Size size) {
    return shown(draw::draw_timeline(stage.recording(), stage.traffic(stage.state().run()),
                                     stage.view(), size));
  };
  picture.moving = [&stage](const Shown& still, draw::Size size) {
    draw::Drawing over = draw::draw_window(*still.axis, stage.view(), size);
    draw::lay_over(over, draw::draw_cursor(*still.axis, stage.view(), size));
    return over;
  };
  picture.table = [&stage] { return draw::table_of_timeline(stage.recording(), stage.view()); };
  return picture;
}

Picture cycle_picture(Stage& stage) {
  Picture picture;
  picture.name = "Minimal cycle";
  picture.hint =
      "The fewest operations that show the violation, and why one comes before another. Click one "
      "to stand where it was answered.";
  picture.still = [&stage](draw::Size size) {
    return Shown{draw::draw_cycle(stage.recording(), stage.view(), size), {}};
  };
  picture.table = [&stage] { return draw::table_of_operations(stage.recording(), stage.view()); };
  return picture;
}

Picture ledger_picture(Stage& stage) {
  Picture picture;
  picture.name = "CAP ledger";
  picture.hint =
      "What clients on each side of the network got between beginnings and ends of faults. Click a "
      "bar to stand at its beginning.";
  picture.still = [&stage](draw::Size size) {
    return shown(draw::draw_ledger(stage.recording(), stage.view(), size));
  };
  picture.moving = [&stage](const Shown& still, draw::Size size) {
    size.height -= draw::kLedgerLegend;
    return draw::draw_cursor(*still.axis, stage.view(), size);
  };
  picture.table = [&stage] { return draw::table_of_ledger(stage.recording().result); };
  return picture;
}

Picture conversation_picture(Stage& stage) {
  Picture picture;
  picture.name = "Conversation";
  picture.hint =
      "What a few devices have before them at the cursor, each in its own order; lines join "
      "messages that two show in different order. Click one to stand where it was shown.";
  picture.still = [&stage](draw::Size size) {
    return Shown{draw::draw_conversation(stage.recording(), stage.threads(), stage.view(), size),
                 {}};
  };
  picture.table = [&stage] {
    return draw::table_of_conversation(stage.recording(), stage.threads(), stage.view());
  };
  return picture;
}

// A line in the ink of each kind of message, and its name.
Picture legend_picture() {
  static constexpr double kLine = 14;
  static constexpr draw::TextStyle kWords{11, draw::Weight::regular, false};
  Picture picture;
  picture.name = "Legend";
  picture.hint = "What the arrows of the space-time diagram are.";
  picture.still = [](draw::Size size) {
    Shown legend{{size, {}, {}}, {}};
    const double y = size.height / 2;
    double x = 2;
    const auto add = [&](const std::string& text, draw::Ink ink, draw::Dash dash) {
      legend.drawing.add(draw::Line{{x, y}, {x + kLine, y}, {ink, 2, dash}});
      legend.drawing.add(
          draw::Label{{x + kLine + 5, y + 4}, text, kWords, draw::Align::left, draw::Ink::text2});
      x += kLine + 5 + draw::text_width(text, kWords) + 9;
    };
    for (const draw::MessageKind kind :
         {draw::MessageKind::request, draw::MessageKind::answer, draw::MessageKind::replication,
          draw::MessageKind::control})
      add(std::string(to_string(kind)), draw::ink_of(kind), draw::Dash::solid);
    add("dropped", draw::Ink::drop, draw::Dash::dashed);
    draw::add_diamond(legend.drawing, {x + 7, y});
    legend.drawing.add(
        draw::Label{{x + 18, y + 4}, "violated", kWords, draw::Align::left, draw::Ink::text2});
    return legend;
  };
  picture.table = [] { return draw::Table{}; };
  return picture;
}

}  // namespace cleave::gui
