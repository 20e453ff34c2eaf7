#include "sim/draw/conversation.h"

#include "sim/check/conversation/devices.h"
#include "sim/draw/conversation_lists.h"
#include "sim/draw/marks.h"
#include "sim/draw/text_width.h"
#include "sim/draw/time_parts.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace cleave::draw {
namespace {

constexpr double kGap = 10;
constexpr double kHead = 34;
constexpr double kLine = 15;     // of text
constexpr double kPadding = 6;   // in a bubble
constexpr double kBetween = 5;   // two bubbles
constexpr double kRule = 16;     // height of the rule of a cut
constexpr double kColumn = 150;  // at least
constexpr std::size_t kMostColumns = 4;
constexpr double kShare = 0.86;  // of a column: the widest bubble
constexpr TextStyle kWords{12, Weight::regular, false};
constexpr TextStyle kWho{11, Weight::semibold, false};
constexpr TextStyle kWhen{11, Weight::regular, true};

// What a message has come to for all whom it is for, as its own device shows it.
MessageStatus status_of(const MessageStory& story, const MessagingCast& cast) {
  const MessagingCast::Conversation& conversation = cast.conversations[story.conversation];
  const auto own = cast.device_of(story.number.device());
  MessageStatus least = MessageStatus::read;
  for (const std::uint32_t person : conversation.members) {
    if (own && person == cast.devices[*own].person) continue;
    const auto status = story.status.find(person);
    least = std::min(least, status == story.status.end() ? MessageStatus::none : status->second);
  }
  if (least == MessageStatus::none && story.accepted) least = MessageStatus::accepted;
  return least;
}

struct Column {
  std::uint32_t device = 0;
  Rect rect;
  std::map<MessageNumber, Rect> bubbles;
};

struct Sheet {
  const Recording& recording;
  const MessagingCast& cast;
  const Threads& threads;
  const View& view;
  std::uint32_t conversation = 0;
  std::map<MessageNumber, std::string> texts;
  std::vector<Time> cuts;  // when they began, ascending
  Drawing drawing;
  std::vector<Column> columns;
};

std::string text_of(const Sheet& sheet, MessageNumber message) {
  const auto text = sheet.texts.find(message);
  return text == sheet.texts.end() ? "message " + std::to_string(message.counter())
                                   : printable(text->second);
}

const MessagingCast::Device& device_of(const Sheet& sheet, const Column& column) {
  return sheet.cast.devices[column.device];
}

const std::string& person_of(const Sheet& sheet, MessageNumber message) {
  static const std::string kNobody = "?";
  const auto device = sheet.cast.device_of(message.device());
  return device ? sheet.cast.people[sheet.cast.devices[*device].person].name : kNobody;
}

bool is_own(const Sheet& sheet, const Column& column, MessageNumber message) {
  const auto device = sheet.cast.device_of(message.device());
  return device && sheet.cast.devices[*device].person == device_of(sheet, column).person;
}

// A clock, one tick, two ticks, two coloured ones; or a cross.
void add_status(Sheet& sheet, Point right, const MessageStory& story) {
  Drawing& drawing = sheet.drawing;
  if (story.given_up) return add_ringed_cross(drawing, {right.x - 5, right.y - 4}, 4);
  const MessageStatus status = status_of(story, sheet.cast);
  if (status == MessageStatus::none) {
    drawing.add(Disc{{right.x - 5, right.y - 4}, 4, {}, {Ink::text3, 1}});
    drawing.add(
        Path{{{right.x - 5, right.y - 6.5}, {right.x - 5, right.y - 4}, {right.x - 3, right.y - 4}},
             false,
             {},
             {Ink::text3, 1}});
    return;
  }
  const Ink ink = status == MessageStatus::read ? Ink::accent : Ink::text3;
  const int ticks = status == MessageStatus::accepted ? 1 : 2;
  for (int i = 0; i < ticks; ++i) {
    const double x = right.x - 9 - 4 * i;
    drawing.add(Path{
        {{x, right.y - 4}, {x + 2.5, right.y - 1.5}, {x + 8, right.y - 8}}, false, {}, {ink, 1.3}});
  }
}

double height_of(const Sheet& sheet, const Column& column, const Bubble& bubble) {
  const bool named = !is_own(sheet, column, bubble.message);
  return 2 * kPadding + (named ? 3 : 2) * kLine - 4;
}

std::string spoken(const Sheet& sheet, const Column& column, const Bubble& bubble) {
  const MessageStory& story = *sheet.threads.find(bubble.message);
  std::string text = device_of(sheet, column).name + " shows " + text_of(sheet, bubble.message) +
                     " of " + person_of(sheet, bubble.message) + ", sent " + clock_text(story.sent);
  if (is_own(sheet, column, bubble.message))
    text +=
        ", " + std::string(story.given_up ? "given up"
                                          : conversation::word_of(status_of(story, sheet.cast)));
  if (bubble.waits) text += ", waits for another";
  return text;
}

// Its bottom is at `bottom`. Returns where it is.
Rect add_bubble(Sheet& sheet, const Column& column, const Bubble& bubble, double bottom) {
  const MessageStory& story = *sheet.threads.find(bubble.message);
  const bool own = is_own(sheet, column, bubble.message);
  const double room = column.rect.width * kShare - 2 * kPadding;
  const std::string words = fitted(text_of(sheet, bubble.message), kWords, room);
  const std::string when = clock_text(story.sent);
  const double widest = std::max({text_width(words, kWords), text_width(when, kWhen) + 18,
                                  own ? 0 : text_width(person_of(sheet, bubble.message), kWho)});
  const double width = std::min(widest, room) + 2 * kPadding;
  const double height = height_of(sheet, column, bubble);
  const double left = own ? column.rect.right() - kPadding - width : column.rect.x + kPadding;
  const Rect rect{left, bottom - height, width, height};
  const Stroke edge = bubble.waits ? Stroke{Ink::warn, 1.3, Dash::dashed} : Stroke{Ink::border, 1};
  sheet.drawing.add(Box{rect, 7, {own ? Ink::accent_soft : Ink::panel}, edge});
  double y = rect.y + kPadding + 8;
  if (!own) {
    sheet.drawing.add(Label{
        {left + kPadding, y}, person_of(sheet, bubble.message), kWho, Align::left, Ink::text2});
    y += kLine;
  }
  sheet.drawing.add(Label{{left + kPadding, y}, words, kWords, Align::left, Ink::text});
  y += kLine - 1;
  const double right = rect.right() - kPadding;
  sheet.drawing.add(Label{{own ? right - 17 : right, y}, when, kWhen, Align::right, Ink::text3});
  if (own) add_status(sheet, {right, y}, story);
  Spot spot;
  const auto shown = story.shown.find(device_of(sheet, column).node);
  spot.target = target_of(shown == story.shown.end() ? story.sent_by : shown->second.event);
  spot.rect = rect;
  spot.name = spoken(sheet, column, bubble);
  sheet.drawing.spots.push_back(std::move(spot));
  return rect;
}

// The first beginning of a cut that came between the two times.
std::optional<Time> cut_between(const Sheet& sheet, Time above, Time below) {
  const auto cut = std::upper_bound(sheet.cuts.begin(), sheet.cuts.end(), above);
  return cut != sheet.cuts.end() && *cut <= below ? std::optional(*cut) : std::nullopt;
}

void add_rule(Sheet& sheet, const Column& column, double bottom, Time at) {
  const double y = bottom - kRule / 2;
  sheet.drawing.add(Line{{column.rect.x + kPadding, y},
                         {column.rect.right() - kPadding, y},
                         {Ink::drop, 1, Dash::dashed}});
  const std::string text = "cut " + clock_text(at);
  const double middle = column.rect.x + column.rect.width / 2;
  const double half = text_width(text, kWhen) / 2 + 3;
  sheet.drawing.add(Box{{middle - half, y - 7, 2 * half, 14}, 0, {Ink::raised}, {}});
  sheet.drawing.add(Label{{middle, baseline(y, kWhen)}, text, kWhen, Align::centre, Ink::drop});
}

void add_column(Sheet& sheet, Column& column) {
  Drawing& drawing = sheet.drawing;
  const MessagingCast::Device& device = device_of(sheet, column);
  drawing.add(Box{column.rect, 8, {Ink::raised}, {Ink::border, 1}});
  drawing.add(Label{{column.rect.x + 10, column.rect.y + 21},
                    fitted(device.name, kWho, column.rect.width - 20),
                    kWho,
                    Align::left,
                    Ink::text});
  const std::vector<Bubble>& list = sheet.threads.list(device.node, sheet.conversation);
  double bottom = column.rect.bottom() - kPadding;
  std::optional<Time> below;
  for (auto bubble = list.rbegin(); bubble != list.rend(); ++bubble) {
    const Time sent = sheet.threads.find(bubble->message)->sent;
    const auto cut = below ? cut_between(sheet, sent, *below) : std::nullopt;
    const double height = height_of(sheet, column, *bubble) + (cut ? kRule : 0);
    if (bottom - height < column.rect.y + kHead) break;  // older ones are further up
    if (cut) {
      add_rule(sheet, column, bottom, *cut);
      bottom -= kRule;
    }
    column.bubbles[bubble->message] = add_bubble(sheet, column, *bubble, bottom);
    bottom -= height_of(sheet, column, *bubble) + kBetween;
    below = sent;
  }
}

// A line between the places of a message that is above another here, and below it there.
void add_crossings(Sheet& sheet, const Column& left, const Column& right) {
  for (const auto& bubble : left.bubbles) {
    const Rect& here = bubble.second;
    const auto there = right.bubbles.find(bubble.first);
    if (there == right.bubbles.end()) continue;
    const bool crosses =
        std::any_of(left.bubbles.begin(), left.bubbles.end(), [&](const auto& other) {
          const auto beside = right.bubbles.find(other.first);
          return other.first != bubble.first && beside != right.bubbles.end() &&
                 (other.second.y < here.y) != (beside->second.y < there->second.y);
        });
    if (!crosses) continue;
    for (const Rect& rect : {here, there->second})
      sheet.drawing.add(Box{rect, 7, {}, {Ink::accent, 1.6}});
    const Point from{here.right(), here.y + here.height / 2};
    const Point to{there->second.x, there->second.y + there->second.height / 2};
    sheet.drawing.add(Line{from, to, {Ink::accent, 1.6}});
    for (const Point end : {from, to})
      sheet.drawing.add(Disc{end, 2.5, {Ink::accent}, {}});
  }
}

Sheet sheet_of(const Recording& recording, const Threads& threads, const View& view,
               std::uint32_t conversation) {
  Sheet sheet{recording, recording.cast.messaging, threads, view, conversation, {}, {}, {}, {}};
  for (const MessagingCast::Line& line : sheet.cast.lines)
    sheet.texts[line.message] = line.text;
  for (const FaultBand& band : fault_bands(recording.result))
    if (band.separates) sheet.cuts.push_back(band.when.from);
  std::stable_sort(sheet.cuts.begin(), sheet.cuts.end());
  return sheet;
}

}  // namespace

std::optional<std::uint32_t> shown_conversation(const Recording& recording, const View& view) {
  const auto& conversations = recording.result.conversations;
  const auto& known = recording.cast.messaging.conversations;
  if (view.conversation && *view.conversation < known.size()) return view.conversation;
  const auto most = std::max_element(conversations.begin(), conversations.end(),
                                     [](const auto& a, const auto& b) { return a.sent < b.sent; });
  if (most == conversations.end()) return std::nullopt;
  for (std::uint32_t i = 0; i < known.size(); ++i)
    if (known[i].name == most->name) return i;
  return std::nullopt;
}

Drawing draw_conversation(const Recording& recording, const Threads& threads, const View& view,
                          Size size) {
  const auto conversation = shown_conversation(recording, view);
  if (!conversation) {
    Drawing empty{size, {}, {}};
    say_instead(empty,
                "Nobody writes to anybody in this scenario. With `people:` and "
                "`conversations:` it shows here what each device has before it.");
    return empty;
  }
  Sheet sheet = sheet_of(recording, threads, view, *conversation);
  sheet.drawing.size = size;
  const auto most = static_cast<std::size_t>(
      std::clamp((size.width - kGap) / (kColumn + kGap), 1.0, double{kMostColumns}));
  const std::vector<std::uint32_t> devices =
      shown_devices(sheet.cast, threads, *conversation, most);
  const auto count = static_cast<double>(devices.size());
  const double width = (size.width - kGap * (count + 1)) / count;
  for (std::size_t i = 0; i < devices.size(); ++i)
    sheet.columns.push_back(
        {devices[i],
         {kGap + static_cast<double>(i) * (width + kGap), 4, width, size.height - 10},
         {}});
  for (Column& column : sheet.columns)
    add_column(sheet, column);
  for (std::size_t i = 1; i < sheet.columns.size(); ++i)
    add_crossings(sheet, sheet.columns[i - 1], sheet.columns[i]);
  return std::move(sheet.drawing);
}

Table table_of_conversation(const Recording& recording, const Threads& threads, const View& view) {
  Table table{"Conversation", {"Device", "Place", "Person", "Message", "Sent", "Status"}, {}};
  const auto conversation = shown_conversation(recording, view);
  if (!conversation) return table;
  const Sheet sheet = sheet_of(recording, threads, view, *conversation);
  for (const std::uint32_t device :
       shown_devices(sheet.cast, threads, *conversation, sheet.cast.devices.size())) {
    const Column column{device, {}, {}};
    std::size_t place = 0;
    for (const Bubble& bubble : threads.list(device_of(sheet, column).node, *conversation)) {
      const MessageStory& story = *threads.find(bubble.message);
      table.rows.push_back({device_of(sheet, column).name, std::to_string(++place),
                            person_of(sheet, bubble.message), text_of(sheet, bubble.message),
                            clock_text(story.sent),
                            std::string(bubble.waits     ? "waits for another"
                                        : story.given_up ? "given up"
                                        : is_own(sheet, column, bubble.message)
                                            ? conversation::word_of(status_of(story, sheet.cast))
                                            : "")});
    }
  }
  return table;
}

}  // namespace cleave::draw
