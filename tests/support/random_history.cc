#include "tests/support/random_history.h"

#include "sim/base/random.h"
#include "sim/check/history/history_builder.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cleave::testing {
namespace {

// Whatever the model, played as plainly as can be.
struct Object {
  Value value;              // of a register
  std::vector<Value> list;  // of sets, queues and logs
  std::string text;
  std::int64_t total = 0;
  bool held = false;
};

struct Client {
  enum class At : std::uint8_t { idle, asked, acted, refused } at = At::idle;
  Operation operation;
  std::vector<Step> steps;
  std::vector<Value> answer;
};

class Play {
 public:
  Play(const RandomHistory& knobs, std::uint64_t seed)
      : knobs_(knobs), random_(Random::at(seed, 1, 0, 0)), clients_(knobs.processes) {
    for (std::uint32_t i = 0; i < knobs.keys; ++i)
      keys_.push_back(
          knobs.keys == 1 ? 0 : builder_.key(builder_.names().intern("x" + std::to_string(i))));
    if (knobs.model == Model::set_full) knobs_.model = Model::set;
  }

  History run() {
    std::uint32_t open = 0;
    while (builder_.size() < knobs_.operations || open > 0) {
      const auto who = static_cast<std::uint32_t>(random_.below(clients_.size()));
      Client& client = clients_[who];
      const bool was_idle = client.at == Client::At::idle;
      if (was_idle && builder_.size() >= knobs_.operations) continue;
      move(client, integer(who));
      open += was_idle ? 1 : 0;
      open -= !was_idle && client.at == Client::At::idle ? 1 : 0;
    }
    return std::move(builder_).build();
  }

 private:
  RandomHistory knobs_;
  Random random_;
  HistoryBuilder builder_;
  std::vector<std::uint32_t> keys_;
  std::map<std::uint32_t, Object> objects_;
  std::vector<Client> clients_;
  std::int64_t last_ = 0;

  bool percent(std::uint32_t share) { return random_.chance(share, 100); }

  std::int64_t number() {
    if (knobs_.values == 0) return ++last_;
    return 1 + static_cast<std::int64_t>(random_.below(knobs_.values));
  }
  Value fresh() {
    if (knobs_.model != Model::kv) return integer(number());
    return builder_.names().intern(knobs_.values == 0
                                       ? std::to_string(number()) + ","
                                       : std::string(1, static_cast<char>('a' + number() - 1)));
  }

  void move(Client& client, Value who) {
    if (client.at == Client::At::idle) {
      ask(client);
      builder_.invoke(who, client.operation);
      client.at = percent(knobs_.failed) ? Client::At::refused : Client::At::asked;
      return;
    }
    const bool lost = percent(knobs_.pending);
    if (client.at == Client::At::asked && !(lost && percent(50))) {
      client.at = act(client) ? Client::At::acted : Client::At::refused;
      if (!lost) return;
    }
    answer(client, who, lost);
    client.at = Client::At::idle;
  }

  void answer(Client& client, Value who, bool lost) {
    Operation& open = *builder_.open(who);
    const bool done = client.at == Client::At::acted && !lost;
    if (done) {
      open.answer = client.operation.answer;
      open.result = client.operation.result;
      if (open.answer == Answer::many) open.results = builder_.values(client.answer);
      if (open.call == Call::transaction) open.steps = builder_.steps(client.steps);
    }
    builder_.complete(who, lost ? Ending::pending : done ? Ending::done : Ending::failed);
  }

  void ask(Client& client) {
    client.operation = {};
    client.steps.clear();
    Operation& o = client.operation;
    o.key = keys_[random_.below(keys_.size())];
    const bool reads = percent(knobs_.reads);
    switch (knobs_.model) {
      case Model::cas_register:
        o.call = reads ? Call::read : percent(50) ? Call::write : Call::compare_and_set;
        o.expected = objects_[o.key].value;
        if (percent(30) || o.expected.is_nil())
          o.expected =
              integer(1 + static_cast<std::int64_t>(random_.below(std::max(knobs_.values, 3u))));
        break;
      case Model::max_register:
        o.call = reads ? Call::read : Call::raise;
        break;
      case Model::mutex:
        o.call = objects_[o.key].held ? Call::release : Call::acquire;
        return;
      case Model::set:
        o.call = reads ? Call::read : percent(75) ? Call::add : Call::remove;
        break;
      case Model::counter:
        o.call = reads ? Call::read : Call::add;
        break;
      case Model::queue:
      case Model::fifo_queue:
        o.call = !reads ? Call::enqueue : percent(95) ? Call::dequeue : Call::drain;
        break;
      case Model::log:
        o.call = reads ? Call::read : Call::append;
        break;
      case Model::kv:
        o.call = reads ? Call::read : percent(70) ? Call::append : Call::write;
        break;
      case Model::multi_register:
        if (percent(70)) return ask_transaction(client);
        o.call = reads ? Call::read : Call::write;
        break;
      default:
        o.call = reads ? Call::read : Call::write;
    }
    if (o.call != Call::read && o.call != Call::dequeue && o.call != Call::drain)
      o.argument = fresh();
  }

  void ask_transaction(Client& client) {
    client.operation.call = Call::transaction;
    client.operation.key = 0;
    const std::uint64_t count = 1 + random_.below(knobs_.steps);
    for (std::uint64_t i = 0; i < count; ++i) {
      Step step;
      step.key = keys_[random_.below(keys_.size())];
      step.call = percent(knobs_.reads) ? Call::read : Call::write;
      if (step.call == Call::write) step.argument = fresh();
      client.steps.push_back(step);
    }
    client.operation.steps = builder_.steps(client.steps);  // what is asked, without answers
  }

  // False: the object refuses.
  bool act(Client& client) {
    Operation& o = client.operation;
    if (o.call == Call::transaction) {
      for (Step& step : client.steps) {
        Object& object = objects_[step.key];
        if (step.call == Call::write) object.value = step.argument;
        if (step.call == Call::read) step.answer = Answer::one, step.result = object.value;
      }
      return true;
    }
    Object& object = objects_[o.key];
    switch (o.call) {
      case Call::compare_and_set:
        if (object.value != o.expected) return false;
        object.value = o.argument;
        return true;
      case Call::acquire:
        return !std::exchange(object.held, true);
      case Call::release:
        return std::exchange(object.held, false);
      case Call::read:
        read(object, client);
        return true;
      case Call::dequeue:
        dequeue(object, o);
        return true;
      case Call::drain:
        o.answer = Answer::many;
        client.answer = std::exchange(object.list, {});
        return true;
      default:
        update(object, o);
        return true;
    }
  }

  void read(const Object& object, Client& client) {
    Operation& o = client.operation;
    o.answer = Answer::one;
    o.result = object.value;
    if (knobs_.model == Model::counter) o.result = integer(object.total);
    if (knobs_.model == Model::kv) o.result = builder_.names().intern(object.text);
    if (knobs_.model != Model::set && knobs_.model != Model::log) return;
    o.answer = Answer::many;
    client.answer = object.list;
  }

  void dequeue(Object& object, Operation& o) {
    o.answer = Answer::one;
    o.result = {};
    if (object.list.empty()) return;
    const std::size_t at =
        knobs_.model == Model::fifo_queue ? 0 : random_.below(object.list.size());
    o.result = object.list[at];
    object.list.erase(object.list.begin() + static_cast<std::ptrdiff_t>(at));
  }

  void update(Object& object, const Operation& o) {
    const auto found = std::find(object.list.begin(), object.list.end(), o.argument);
    switch (o.call) {
      case Call::write:
        object.value = o.argument;
        if (knobs_.model == Model::kv) object.text = builder_.names().text_of(o.argument);
        break;
      case Call::raise:
        object.value = std::max(object.value, o.argument);
        break;
      case Call::add:
        object.total += o.argument.code;
        if (found == object.list.end() && knobs_.model == Model::set)
          object.list.push_back(o.argument);
        break;
      case Call::remove:
        if (found != object.list.end()) object.list.erase(found);
        break;
      case Call::append:
        if (knobs_.model == Model::kv) object.text += builder_.names().text_of(o.argument);
        if (knobs_.model == Model::log) object.list.push_back(o.argument);
        break;
      case Call::enqueue:
        object.list.push_back(o.argument);
        break;
      default:
        break;
    }
  }
};

// Another value of the history, or one beside it.
Value another(const History& history, Value value, Random& random) {
  const Operation& o = history.operations[random.below(history.operations.size())];
  const std::uint64_t choice = random.below(4);
  if (choice == 0 && value.is_integer()) return integer(value.code + 1);
  return choice == 1 ? o.result : o.argument;
}

void perturb_list(History& history, Slice& slice, Random& random) {
  std::vector<Value> list(history.values.begin() + slice.first,
                          history.values.begin() + slice.first + slice.count);
  const std::uint64_t choice = random.below(3);
  if (!list.empty() && choice == 0)
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(random.below(list.size())));
  if (!list.empty() && choice == 1) std::swap(list.front(), list[random.below(list.size())]);
  const Value more = another(history, {}, random);
  if (choice == 2 && !more.is_nil()) list.push_back(more);
  slice = {static_cast<std::uint32_t>(history.values.size()),
           static_cast<std::uint32_t>(list.size())};
  history.values.insert(history.values.end(), list.begin(), list.end());
}

}  // namespace

History random_history(const RandomHistory& knobs, std::uint64_t seed) {
  return Play(knobs, seed).run();
}

void perturb(History& history, std::uint64_t seed) {
  Random random = Random::at(seed, 2, 0, 0);
  if (history.operations.empty()) return;
  const std::size_t at = random.below(history.operations.size());
  Operation& o = history.operations[at];
  if (o.ending == Ending::failed) {
    o.ending = Ending::done;
  } else if (o.answer == Answer::one) {
    o.result = another(history, o.result, random);
  } else if (o.answer == Answer::many) {
    perturb_list(history, o.results, random);
  } else if (o.call == Call::transaction && o.steps.count > 0) {
    Step& step = history.steps[o.steps.first + random.below(o.steps.count)];
    if (step.answer == Answer::one) step.result = another(history, step.result, random);
  } else {
    history.operations.erase(history.operations.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

}  // namespace cleave::testing
