#include "sim/check/history/history_recorder.h"

#include <algorithm>

namespace cleave {
namespace {

bool is_numeric(ObjectType type) {
  return type == ObjectType::counter || type == ObjectType::max_register;
}

// Of a number of the run's, which it writes in two's complement.
Value number(std::uint64_t bits, Names& names) {
  const auto signed_bits = static_cast<std::int64_t>(bits);
  const Value value = integer(signed_bits);
  return value.is_integer() ? value : names.intern(std::to_string(signed_bits));
}

Call call_of(Action action) {
  switch (action) {
    case Action::read:
    case Action::read_from:
      return Call::read;
    case Action::write:
      return Call::write;
    case Action::compare_and_set:
      return Call::compare_and_set;
    case Action::raise:
      return Call::raise;
    case Action::add:
    case Action::reserve:
      return Call::add;
    case Action::remove:
      return Call::remove;
    case Action::append:
      return Call::append;
    case Action::put:
      return Call::enqueue;
    case Action::take:
      return Call::dequeue;
    case Action::acknowledge:
      break;  // of queues alone, which are not recorded
  }
  return Call::read;
}

Ending ending_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok:
      return Ending::done;
    case Outcome::refused:
    case Outcome::conflict:
    case Outcome::unavailable:
      return Ending::failed;
    case Outcome::unknown:
      break;
  }
  return Ending::pending;
}

}  // namespace

std::optional<Model> model_of(ObjectType type) {
  switch (type) {
    case ObjectType::reg:
      return Model::cas_register;
    case ObjectType::max_register:
      return Model::max_register;
    case ObjectType::set:
      return Model::set;
    case ObjectType::log:
      return Model::log;
    case ObjectType::counter:
      return Model::counter;
    case ObjectType::pool:
      return Model::queue;
    case ObjectType::map:
      return Model::reg;  // each field
    case ObjectType::queue:
      break;
  }
  return std::nullopt;
}

Value HistoryRecorder::value_of(std::uint64_t value) {
  if (is_numeric(options_.type)) return number(value, builder_.names());
  if (const std::int64_t* known = digests_.find(value, 0)) return integer(*known);
  const auto next = static_cast<std::int64_t>(digests_.size()) + 1;
  digests_.insert(value, 0, next);
  return integer(next);
}

std::uint32_t HistoryRecorder::key_of(std::uint64_t object) {
  const auto [at, is_new] = keys_.try_emplace(object);
  if (is_new) {
    const auto name = options_.names.find(object);
    at->second =
        builder_.key(name == options_.names.end() ? integer(static_cast<std::int64_t>(keys_.size()))
                                                  : builder_.names().intern(name->second));
  }
  return at->second;
}

std::uint32_t HistoryRecorder::take_lane(NodeId client) {
  std::vector<Lane>& lanes = lanes_[client];
  auto free = std::find_if(lanes.begin(), lanes.end(), [](const Lane& l) { return !l.in_use; });
  if (free == lanes.end()) {
    const std::int64_t number = client.value;
    const std::string text = std::to_string(number) + "." + std::to_string(lanes.size());
    lanes.push_back({lanes.empty() ? integer(number) : builder_.names().intern(text)});
    free = lanes.end() - 1;
  }
  free->in_use = true;
  return static_cast<std::uint32_t>(free - lanes.begin());
}

bool HistoryRecorder::is_full() const {
  return builder_.size() >= options_.most_operations || values_ >= options_.most_values;
}

void HistoryRecorder::on(const Invoked& operation) {
  if (cut_short_ || operation.store != options_.store || operation.type != options_.type) return;
  if (!model_of(operation.type)) return;
  cut_short_ = is_full();
  if (cut_short_) return;

  const std::uint32_t lane = take_lane(operation.id.client);
  const Value process = lanes_[operation.id.client][lane].process;
  Operation asked;
  asked.key = key_of(operation.key);
  asked.call = call_of(operation.action);
  if (is_update(operation.action) && asked.call != Call::dequeue)
    asked.argument = value_of(operation.argument);
  if (asked.call == Call::compare_and_set && operation.expected_version > 0) {
    const std::optional<Value>* known = versions_.find(operation.key, operation.expected_version);
    if (known != nullptr && *known)
      asked.expected = **known;
    else
      asked.call = Call::write;
  }
  const std::size_t index = builder_.invoke(process, asked, operation.event.value);
  open_.put(operation.id, {index, process, lane, operation.key, operation.argument,
                           operation.action, operation.expected_version});
}

void HistoryRecorder::on(const Completed& operation) {
  if (cut_short_) return;
  const std::optional<Open> open = open_.take(operation.id);
  if (!open) return;
  lanes_[operation.id.client][open->lane].in_use = false;
  note_version(*open, operation);
  Operation& asked = *builder_.open(open->process);
  Ending ending = ending_of(operation.outcome);
  if (open->action == Action::compare_and_set && operation.outcome == Outcome::conflict) {
    asked.call = Call::read;
    asked.argument = asked.expected = Value{};
    ending = Ending::done;
  }
  if (ending == Ending::done) answer(asked, *open, operation);
  builder_.complete(open->process, ending, operation.event.value);
}

// What answers say of versions: an update's own, what a read or a conflict was told.
void HistoryRecorder::note_version(const Open& open, const Completed& completed) {
  if (options_.type != ObjectType::reg || completed.version == 0) return;
  std::optional<Value> value;
  if (completed.outcome == Outcome::ok && is_update(open.action))
    value = value_of(open.argument);
  else if (is_served(completed.outcome) && completed.values.size() == 1)
    value = value_of(completed.values.front());
  if (!value) return;
  std::optional<Value>* known = versions_.find(open.object, completed.version);
  if (known == nullptr)
    versions_.insert(open.object, completed.version, value);
  else if (*known != value)
    *known = std::nullopt;
}

void HistoryRecorder::answer(Operation& operation, const Open& open, const Completed& completed) {
  if (operation.call != Call::read && operation.call != Call::dequeue) return;
  if (options_.type == ObjectType::log) {
    answer_log(operation, open, completed);
  } else if (options_.type == ObjectType::set) {
    std::vector<Value> members;
    for (const std::uint64_t value : completed.values)
      members.push_back(value_of(value));
    values_ += members.size();
    operation.answer = Answer::many;
    operation.results = builder_.values(members);
  } else {
    operation.answer = Answer::one;
    // Whoever asks for a number is told 0 although nobody has raised it yet: that is nobody's
    // value.
    const bool is_initial = options_.type == ObjectType::max_register && completed.version == 0;
    if (!completed.values.empty() && !is_initial)
      operation.result = value_of(completed.values.front());
  }
}

void HistoryRecorder::answer_log(Operation& operation, const Open& open,
                                 const Completed& completed) {
  const auto before = static_cast<std::size_t>(std::max<std::uint64_t>(open.position, 1) - 1);
  const std::size_t count = before + completed.values.size();
  const std::pair reader{completed.id.client, open.object};
  auto [at, is_new] = readers_.try_emplace(reader, readings_.size());
  if (is_new) readings_.emplace_back();
  if (before > readings_[at->second].entries.size()) return;  // what came before it is not known

  std::size_t known = before;
  for (const std::uint64_t read : completed.values) {
    const Value value = value_of(read);
    std::vector<Value>* entries = &readings_[at->second].entries;
    if (known < entries->size() && (*entries)[known] != value) {
      // It reads otherwise than before: a list of its own, from here on.
      Reading other{{entries->begin(), entries->begin() + static_cast<std::ptrdiff_t>(known)}};
      at->second = readings_.size();
      values_ += known;
      readings_.push_back(std::move(other));
      entries = &readings_.back().entries;
    }
    if (known == entries->size()) {
      entries->push_back(value);
      ++values_;
    }
    ++known;
  }
  if (completed.version > count) return;  // there was more
  operation.answer = Answer::many;
  log_reads_.push_back({open.operation, at->second, count});
}

History HistoryRecorder::build() && {
  std::vector<Slice> slices;
  for (const Reading& reading : readings_)
    slices.push_back(builder_.values(reading.entries));
  History history = std::move(builder_).build();
  for (const LogRead& read : log_reads_)
    history.operations[read.operation].results = {slices[read.reading].first,
                                                  static_cast<std::uint32_t>(read.count)};
  *this = HistoryRecorder(std::move(options_));
  return history;
}

}  // namespace cleave
