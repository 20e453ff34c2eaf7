// The sequential specification against a naive reading of each type's definition: every sequence of
// up to five actions, each with every small argument, gives the results that follow from the
// history alone.
#include "models/store/objects.h"

#include "models/store/state_machine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

namespace cleave::models::store {
namespace {

struct Step {
  Request request;
  Result result;
};
using Past = std::vector<Step>;

Blob blob(std::string_view text) {
  return Blob(1, 1, std::string(text));
}

Request action(ObjectType type, Action action) {
  Request request;
  request.type = type;
  request.action = action;
  request.key = key_of("object");
  return request;
}
Request with_value(Request request, std::string_view value) {
  request.value = blob(value);
  return request;
}
Request with_number(Request request, std::int64_t number, std::int64_t bound = 0) {
  request.number = number;
  request.bound = bound;
  return request;
}
Request at(Request request, std::uint64_t version) {
  request.version = version;
  return request;
}
Request in_field(Request request, std::string_view field) {
  request.field = key_of(field);
  return request;
}

Result answer(std::uint64_t version, std::vector<Blob> values = {}, std::int64_t number = 0) {
  return {Outcome::ok, Reason::none, version, number, std::move(values)};
}
Result no(Reason reason) {
  return {Outcome::refused, reason, 0, 0, {}};
}

// Updates that happened, of one field if the type is a map.
Past effects(const Past& past, Key field = {}) {
  Past done;
  for (const Step& step : past)
    if (took_effect(step.request.action, step.result.outcome) && step.request.field == field)
      done.push_back(step);
  return done;
}

// ---- what each type means, as a function of its past --------------------------------------------

Result expect_register(const Past& past, const Request& request) {
  const Past writes = effects(past, request.field);
  const std::vector<Blob> current =
      writes.empty() ? std::vector<Blob>{} : std::vector<Blob>{writes.back().request.value};
  if (request.action == Action::read) return answer(writes.size(), current);
  if (request.action == Action::compare_and_set && request.version != writes.size())
    return {Outcome::conflict, Reason::none, writes.size(), 0, current};
  return answer(writes.size() + 1);
}

Result expect_max_register(const Past& past, const Request& request) {
  std::int64_t value = 0;
  for (const Step& step : effects(past))
    value = std::max(value, step.request.number);
  if (request.action == Action::raise) value = std::max(value, request.number);
  return answer(static_cast<std::uint64_t>(value), {}, value);
}

Result expect_set(const Past& past, const Request& request) {
  const Past updates = effects(past);
  if (request.action != Action::read) return answer(updates.size() + 1);
  std::vector<Blob> members;
  for (const Step& step : updates) {
    const Blob& value = step.request.value;
    const bool last_is_add =
        std::find_if(updates.rbegin(), updates.rend(), [&value](const Step& s) {
          return s.request.value == value;
        })->request.action == Action::add;
    if (last_is_add && std::count(members.begin(), members.end(), value) == 0)
      members.push_back(value);
  }
  std::sort(members.begin(), members.end());
  return answer(updates.size(), members);
}

std::vector<Blob> appended(const Past& past) {
  std::vector<Blob> entries;
  for (const Step& step : effects(past))
    if (step.request.action == Action::append) entries.push_back(step.request.value);
  return entries;
}

Result expect_log(const Past& past, const Request& request) {
  std::vector<Blob> entries = appended(past);
  if (request.action == Action::append) return answer(entries.size() + 1);
  const std::size_t size = entries.size();
  const std::size_t skipped = request.version == 0 ? 0 : request.version - 1;
  entries.erase(entries.begin(),
                entries.begin() + static_cast<std::ptrdiff_t>(std::min(skipped, size)));
  return answer(size, entries);
}

Result expect_queue(const Past& past, const Request& request) {
  const std::vector<Blob> entries = appended(past);
  std::uint64_t gone = 0;
  for (std::size_t i = 0; i < past.size(); ++i)
    if (past[i].request.action == Action::acknowledge)
      gone = std::max<std::uint64_t>(
          gone,
          std::min<std::uint64_t>(
              past[i].request.version,
              appended(Past(past.begin(), past.begin() + static_cast<std::ptrdiff_t>(i))).size()));
  if (request.action == Action::append) return answer(entries.size() + 1);
  if (request.action == Action::acknowledge)
    return answer(
        std::max<std::uint64_t>(gone, std::min<std::uint64_t>(request.version, entries.size())));
  std::vector<Blob> waiting;
  for (std::uint64_t position = 1; position <= entries.size(); ++position)
    if (position > gone && position >= request.version) waiting.push_back(entries[position - 1]);
  return answer(entries.size(), waiting);
}

Result expect_counter(const Past& past, const Request& request) {
  std::int64_t value = 0;
  for (const Step& step : effects(past))
    value += step.request.number;
  const std::uint64_t version = effects(past).size();
  if (request.action == Action::read) return answer(version, {}, value);
  value += request.number;
  if (request.action == Action::reserve && value > request.bound) return no(Reason::bounded);
  return answer(version + 1, {}, value);
}

Result expect_pool(const Past& past, const Request& request) {
  std::vector<Blob> items;
  std::size_t taken = 0;
  for (const Step& step : effects(past))
    if (step.request.action == Action::put)
      items.push_back(step.request.value);
    else
      ++taken;
  const std::uint64_t version = effects(past).size();
  if (request.action == Action::put) return answer(version + 1);
  if (taken == items.size()) return no(Reason::empty);
  return answer(version + 1, {items[taken]});
}

// ---- every short sequence -----------------------------------------------------------------------

struct Type {
  const char* name;
  ObjectType type;
  std::vector<Request> requests;
  Result (*expected)(const Past&, const Request&);
};

void explore(const Type& type, const Object& object, Past& past, std::size_t depth) {
  for (const Request& request : type.requests) {
    Object next = object;
    const Object before = object;
    const Result result = is_update(request.action) ? update(next, request) : read(next, request);
    ASSERT_EQ(result, type.expected(past, request))
        << type.name << ", " << to_string(request.action) << " after " << past.size()
        << " operations";
    if (!took_effect(request.action, result.outcome)) {
      ASSERT_EQ(next, before) << type.name << ": only what is ok may change the object";
    }
    if (depth == 1) continue;
    past.push_back({request, result});
    explore(type, next, past, depth - 1);
    if (::testing::Test::HasFatalFailure()) return;
    past.pop_back();
  }
}

std::vector<Type> types() {
  using enum Action;
  const auto reg = ObjectType::reg;
  const auto max = ObjectType::max_register;
  const auto set = ObjectType::set;
  const auto log = ObjectType::log;
  const auto queue = ObjectType::queue;
  const auto counter = ObjectType::counter;
  const auto pool = ObjectType::pool;
  const auto map = ObjectType::map;
  return {
      {"register",
       reg,
       {action(reg, read), with_value(action(reg, write), "a"),
        at(with_value(action(reg, compare_and_set), "b"), 0),
        at(with_value(action(reg, compare_and_set), "c"), 1)},
       expect_register},
      {"max_register",
       max,
       {action(max, read), with_number(action(max, raise), 1), with_number(action(max, raise), 3),
        with_number(action(max, raise), -2)},
       expect_max_register},
      {"set",
       set,
       {action(set, read), with_value(action(set, add), "a"), with_value(action(set, add), "b"),
        with_value(action(set, remove), "a"), with_value(action(set, remove), "c")},
       expect_set},
      {"log",
       log,
       {at(action(log, read_from), 0), at(action(log, read_from), 2),
        with_value(action(log, append), "a"), with_value(action(log, append), "b")},
       expect_log},
      {"queue",
       queue,
       {at(action(queue, read_from), 0), at(action(queue, read_from), 2),
        with_value(action(queue, append), "a"), with_value(action(queue, append), "b"),
        at(action(queue, acknowledge), 1), at(action(queue, acknowledge), 9)},
       expect_queue},
      {"counter",
       counter,
       {action(counter, read), with_number(action(counter, add), 2),
        with_number(action(counter, add), -1), with_number(action(counter, reserve), 1, 2),
        with_number(action(counter, reserve), 2, 3)},
       expect_counter},
      {"pool",
       pool,
       {with_value(action(pool, put), "a"), with_value(action(pool, put), "b"), action(pool, take)},
       expect_pool},
      {"map",
       map,
       {in_field(action(map, read), "x"), in_field(action(map, read), "y"),
        in_field(with_value(action(map, write), "a"), "x"),
        in_field(with_value(action(map, write), "b"), "y")},
       expect_register},
  };
}

TEST(Objects, every_short_sequence_gives_what_the_definition_says) {
  for (const Type& type : types()) {
    Past past;
    explore(type, make_object(type.type), past, 5);
    ASSERT_FALSE(HasFatalFailure());
  }
}

TEST(Objects, every_type_has_exactly_its_actions) {
  for (const Type& type : types())
    for (int a = 0; a <= static_cast<int>(Action::take); ++a) {
      const auto act = static_cast<Action>(a);
      const bool listed =
          std::any_of(type.requests.begin(), type.requests.end(),
                      [act](const Request& request) { return request.action == act; });
      EXPECT_EQ(supports(type.type, act), listed) << type.name << " " << to_string(act);
      if (listed) continue;
      Object object = make_object(type.type);
      const Request request = action(type.type, act);
      const Result result = is_update(act) ? update(object, request) : read(object, request);
      EXPECT_EQ(result, no(Reason::unsupported)) << type.name << " " << to_string(act);
    }
}

TEST(Objects, an_object_keeps_its_type) {
  Object object = make_object(ObjectType::set);
  EXPECT_EQ(update(object, action(ObjectType::reg, Action::write)), no(Reason::unsupported));
  EXPECT_EQ(read(object, action(ObjectType::reg, Action::read)), no(Reason::unsupported));
  EXPECT_EQ(object, make_object(ObjectType::set));
}

TEST(Objects, a_counter_does_not_overflow) {
  Object object = make_object(ObjectType::counter);
  const auto add = action(ObjectType::counter, Action::add);
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(update(object, with_number(add, kMost)), answer(1, {}, kMost));
  EXPECT_EQ(update(object, with_number(add, 1)), no(Reason::bounded));
  EXPECT_EQ(update(object, with_number(add, -1)), answer(2, {}, kMost - 1));
}

TEST(Objects, a_read_of_many_entries_is_bounded_and_goes_on_from_a_position) {
  for (const ObjectType type : {ObjectType::log, ObjectType::queue}) {
    Object object = make_object(type);
    for (std::uint64_t i = 0; i < kMostEntriesRead + 5; ++i)
      update(object, with_value(action(type, Action::append), std::to_string(i)));
    const Result first = read(object, at(action(type, Action::read_from), 0));
    EXPECT_EQ(first.values.size(), kMostEntriesRead);
    EXPECT_EQ(first.version, kMostEntriesRead + 5);
    const Result rest = read(object, at(action(type, Action::read_from), kMostEntriesRead + 1));
    ASSERT_EQ(rest.values.size(), 5u);
    EXPECT_EQ(rest.values[0], blob(std::to_string(kMostEntriesRead)));
  }
}

// ---- the state machine --------------------------------------------------------------------------

Request numbered(Request request, std::uint32_t index, std::uint32_t settled = 1) {
  request.id = {NodeId{7}, index};
  request.settled = settled;
  return request;
}

TEST(StateMachine, applies_each_operation_once_and_answers_a_repeat_alike) {
  StateMachine machine;
  const Request add = numbered(with_number(action(ObjectType::counter, Action::add), 5), 1);
  EXPECT_EQ(machine.recorded(add.id), std::nullopt);
  EXPECT_EQ(machine.apply(add), answer(1, {}, 5));
  EXPECT_EQ(machine.apply(add), answer(1, {}, 5));
  EXPECT_EQ(machine.recorded(add.id), answer(1, {}, 5));
  EXPECT_EQ(machine.read(action(ObjectType::counter, Action::read)), answer(1, {}, 5));
}

TEST(StateMachine, a_pool_gives_nothing_twice_although_its_client_asks_twice) {
  StateMachine machine;
  const auto pool = ObjectType::pool;
  machine.apply(numbered(with_value(action(pool, Action::put), "a"), 1));
  machine.apply(numbered(with_value(action(pool, Action::put), "b"), 2));
  const Request take = numbered(action(pool, Action::take), 3);
  EXPECT_EQ(machine.apply(take).values, std::vector<Blob>{blob("a")});
  EXPECT_EQ(machine.apply(take).values, std::vector<Blob>{blob("a")});
  EXPECT_EQ(machine.apply(numbered(action(pool, Action::take), 4)).values,
            std::vector<Blob>{blob("b")});
}

TEST(StateMachine, forgets_what_is_settled_and_refuses_it_from_then_on) {
  StateMachine machine;
  const auto write = [](std::uint32_t index, std::uint32_t settled) {
    return numbered(with_value(action(ObjectType::reg, Action::write), std::to_string(index)),
                    index, settled);
  };
  for (std::uint32_t i = 1; i <= 100; ++i)
    machine.apply(write(i, i));
  EXPECT_EQ(machine.sessions.at(NodeId{7}).results.size(), 1u);
  EXPECT_EQ(machine.apply(write(3, 1)), no(Reason::forgotten));
  EXPECT_EQ(machine.read(action(ObjectType::reg, Action::read)).version, 100u);
}

TEST(StateMachine, reading_what_was_never_written_creates_nothing) {
  const StateMachine machine;
  EXPECT_EQ(machine.read(action(ObjectType::reg, Action::read)), answer(0));
  EXPECT_EQ(machine.read(at(action(ObjectType::log, Action::read_from), 1)), answer(0));
}

// ---- as the history tells it --------------------------------------------------------------------

TEST(History, writes_values_as_digests_and_numbers_as_they_are) {
  const Request write = with_value(action(ObjectType::reg, Action::write), "a");
  EXPECT_EQ(to_history(write, 1).argument, blob("a").digest());
  const Request raise = with_number(action(ObjectType::max_register, Action::raise), 9);
  EXPECT_EQ(to_history(raise, 1).argument, 9u);
  EXPECT_EQ(to_history(raise, answer(9, {}, 9)).values, std::vector<std::uint64_t>{9});
  EXPECT_EQ(to_history(write, answer(1, {blob("a")})).values,
            std::vector<std::uint64_t>{blob("a").digest()});
  const Request reserve = with_number(action(ObjectType::counter, Action::reserve), 1, 1024);
  EXPECT_EQ(to_history(reserve, 1).expected_version, 1024u);
  EXPECT_TRUE(to_history(reserve, no(Reason::bounded)).values.empty());
}

TEST(History, takes_each_field_of_a_map_for_an_object) {
  const Request x = in_field(action(ObjectType::map, Action::read), "x");
  const Request y = in_field(action(ObjectType::map, Action::read), "y");
  EXPECT_NE(to_history(x, 1).key, to_history(y, 1).key);
}

}  // namespace
}  // namespace cleave::models::store
