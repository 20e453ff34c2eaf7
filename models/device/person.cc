// The person whose device it is: writes, reads, and puts it away.
#include "models/device/device.h"
#include "sim/base/distribution.h"

#include <algorithm>

namespace cleave::models::device {

namespace {

constexpr Purpose kPause("pause before a message");
constexpr Purpose kConversation("conversation of a message");
constexpr Purpose kAnswer("whether a message answers");
constexpr std::uint64_t kOneAnswersOf = 4;  // messages of chatter, where there is one to answer

}  // namespace

bool Habits::sleeps_at(Time time) const {
  return std::any_of(asleep.begin(), asleep.end(),
                     [time](const Sleep& sleep) { return sleep.from <= time && time < sleep.to; });
}

std::optional<Time> Habits::next_change(Time after) const {
  for (const Sleep& sleep : asleep) {
    if (sleep.from > after) return sleep.from;
    if (sleep.to > after) return sleep.to;
  }
  return std::nullopt;
}

Random Device::draw(Purpose purpose, std::uint64_t number) const {
  return Random::at(directory->seed, purpose.hash, name_hash(directory->cast.devices[index].name),
                    number);
}

// ---- writes -------------------------------------------------------------------------------------

// What is due by now. The lines of a device wait for one another.
void Device::write_lines(Context& ctx) {
  while (memory.lines < habits.lines.size() && !memory.asleep && !memory.writing) {
    const Line& line = habits.lines[memory.lines];
    const Duration wait = line.at - ctx.monotonic();
    if (wait.ns > 0) {
      memory.writing = true;
      ctx.start_timer(wait, LineDue{});
    } else if (line.answers && !memory.store.shows(*line.answers)) {
      return;  // until it is shown
    } else if (compose(line, memory.lines + 1, ctx)) {
      ++memory.lines;
    } else {
      memory.writing = true;
      ctx.start_timer(options().retry_step, LineDue{});
    }
  }
}

void Device::on(const LineDue& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.writing = false;
  write_lines(ctx);
}

// Before the next message, since the one before it or since the chatter began.
Duration Device::pause_before_chat() const {
  Random random = draw(kPause, head.chats);
  const auto mean = static_cast<std::uint64_t>(habits.chatter->every.ns);
  return {static_cast<std::int64_t>(exponential(random, mean))};
}

// When the next message is due; what was missed while the device was down was never written.
void Device::plan_chat(Context& ctx) {
  if (!habits.chatter) return;
  const Chatter& chatter = *habits.chatter;
  if (!head.begun) {
    head.begun = true;
    head.next_chat = chatter.from + pause_before_chat();
  }
  while (head.next_chat < ctx.monotonic()) {
    ++head.chats;
    head.next_chat += pause_before_chat();
  }
  if (head.next_chat < chatter.until) ctx.start_timer(head.next_chat - ctx.monotonic(), ChatDue{});
}

void Device::on(const ChatDue& /*due*/, NodeId /*self*/, Context& ctx) {
  const Chatter& chatter = *habits.chatter;
  const std::uint32_t number = head.chats++;
  if (!memory.asleep) {
    Random which = draw(kConversation, number);
    Line line{head.next_chat, chatter.conversations[which.below(chatter.conversations.size())],
              std::nullopt, "message " + std::to_string(number + 1)};
    const auto& list = memory.store.conversations[line.conversation].list;
    Random chance = draw(kAnswer, number);
    if (chance.below(kOneAnswersOf) == 0 && !list.empty() && !is_ours(list.back().message))
      line.answers = list.back().message;
    compose(line, static_cast<std::uint32_t>(habits.lines.size()) + number + 1, ctx);
  }
  head.next_chat += pause_before_chat();
  plan_chat(ctx);
}

// ---- reads --------------------------------------------------------------------------------------

void Device::look_later(Context& ctx) {
  if (!habits.reads_after || memory.looking || memory.asleep || memory.unread.empty()) return;
  memory.looking = true;
  ctx.start_timer(*habits.reads_after, LookDue{});
}

void Device::on(const LookDue& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.looking = false;
  if (memory.asleep) return;
  const std::vector<MessageNumber> seen = memory.unread;
  for (const MessageNumber message : seen) {
    mark_read(message);
    tell(message, MessageStatus::read);
  }
  report(ctx);
}

// ---- sleeps -------------------------------------------------------------------------------------

void Device::wait_for_sleep(Context& ctx) {
  const Time now = ctx.monotonic();
  if (const std::optional<Time> change = habits.next_change(now))
    ctx.start_timer(*change - now, SleepDue{});
}

void Device::on(const SleepDue& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.asleep = habits.sleeps_at(ctx.monotonic());
  wait_for_sleep(ctx);
  if (memory.asleep) return lose_session(ctx);
  connect(ctx);
  write_lines(ctx);
  look_later(ctx);
}

}  // namespace cleave::models::device
