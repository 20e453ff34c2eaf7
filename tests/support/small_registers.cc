#include "tests/support/small_registers.h"

#include "sim/base/random.h"
#include "sim/check/history/history_builder.h"

#include <string>
#include <utility>

namespace cleave::testing {
namespace {

std::vector<std::uint32_t> name_keys(HistoryBuilder& builder, std::uint32_t keys) {
  std::vector<std::uint32_t> named;
  for (std::uint32_t i = 0; i < keys; ++i)
    named.push_back(
        builder.key(builder.names().intern(std::string(1, static_cast<char>('x' + i)))));
  return named;
}

// What an operation of an enumerated history does.
struct Choice {
  std::uint32_t key = 0;
  bool is_write = true;
  std::uint32_t read = 0;  // the number of the operation whose value is read, from 1; 0: nil
};

History build(const SmallShape& shape, const std::vector<Choice>& choices) {
  HistoryBuilder builder;
  const auto keys = name_keys(builder, shape.keys);
  std::size_t i = 0;
  for (std::size_t p = 0; p < shape.sessions.size(); ++p) {
    for (std::uint32_t n = 0; n < shape.sessions[p]; ++n, ++i) {
      Operation o;
      o.key = keys[choices[i].key];
      o.call = choices[i].is_write ? Call::write : Call::read;
      if (choices[i].is_write) o.argument = integer(static_cast<std::int64_t>(i) + 1);
      if (!choices[i].is_write) o.answer = Answer::one;
      if (choices[i].read > 0) o.result = integer(choices[i].read);
      const Value process = integer(static_cast<std::int64_t>(p));
      builder.invoke(process, o);
      builder.complete(process, Ending::done);
    }
  }
  return std::move(builder).build();
}

}  // namespace

void for_each_history(const SmallShape& shape, const std::function<void(const History&)>& visit) {
  std::size_t size = 0;
  for (const std::uint32_t session : shape.sessions)
    size += session;
  std::vector<Choice> choices(size);
  // First who writes what where, then what the others read.
  const std::function<void(std::size_t)> read = [&](std::size_t i) {
    if (i == size) return visit(build(shape, choices));
    if (choices[i].is_write) return read(i + 1);
    choices[i].read = 0;
    read(i + 1);
    for (std::uint32_t w = 0; w < size; ++w) {
      if (!choices[w].is_write || choices[w].key != choices[i].key) continue;
      choices[i].read = w + 1;
      read(i + 1);
    }
  };
  const std::function<void(std::size_t)> place = [&](std::size_t i) {
    if (i == size) return read(0);
    for (std::uint32_t key = 0; key < shape.keys; ++key)
      for (const bool is_write : {false, true}) {
        choices[i] = {key, is_write, 0};
        place(i + 1);
      }
  };
  place(0);
}

namespace {

class Draw {
 public:
  Draw(const RandomRegisters& knobs, std::uint64_t seed)
      : knobs_(knobs), random_(Random::at(seed, 2, 0, 0)), keys_(name_keys(builder_, knobs.keys)) {
    written_.resize(knobs.keys);
  }

  History draw() {
    std::vector<Asked> asked;
    for (std::uint32_t i = 0; i < knobs_.operations; ++i)
      asked.push_back(ask());
    std::vector<std::uint32_t> left(knobs_.processes);
    std::vector<std::uint32_t> of(asked.size());
    for (std::uint32_t& process : of) {
      process = static_cast<std::uint32_t>(random_.below(knobs_.processes));
      ++left[process];
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const bool done = --left[of[i]] > 0 || !percent(knobs_.pending);
      if (done) answer(asked[i]);
      Operation& o = asked[i].operation;
      if (o.call == Call::compare_and_set) o.expected = any(number_of(o.key));
      o.steps = builder_.steps(asked[i].steps);
      const Value process = integer(of[i]);
      builder_.invoke(process, o);
      if (done) builder_.complete(process, Ending::done);
    }
    return std::move(builder_).build();
  }

 private:
  struct Asked {
    Operation operation;
    std::vector<Step> steps;
  };

  bool percent(std::uint32_t share) { return random_.chance(share, 100); }
  std::uint32_t key() { return static_cast<std::uint32_t>(random_.below(knobs_.keys)); }

  Value fresh(std::uint32_t key) {
    if (!written_[key].empty() && percent(knobs_.repeated)) return written_[key].front();
    written_[key].push_back(integer(++last_));
    return integer(last_);
  }
  Value any(std::uint32_t key) {
    const std::uint64_t i = random_.below(written_[key].size() + 1);
    return i == 0 ? Value{} : written_[key][i - 1];
  }

  Asked ask() {
    Asked asked;
    Operation& o = asked.operation;
    if (percent(knobs_.transactions)) {
      o.call = Call::transaction;
      asked.steps.resize(2 + random_.below(2));
      for (Step& step : asked.steps) {
        const std::uint32_t k = key();
        step.key = keys_[k];
        step.call = percent(50) ? Call::read : Call::write;
        if (step.call == Call::write) step.argument = fresh(k);
      }
      return asked;
    }
    const std::uint32_t k = key();
    o.key = keys_[k];
    o.call = percent(50)                        ? Call::read
             : percent(knobs_.compare_and_sets) ? Call::compare_and_set
                                                : Call::write;
    if (o.call != Call::read) o.argument = fresh(k);
    return asked;
  }

  std::uint32_t number_of(std::uint32_t key) const {
    std::uint32_t i = 0;
    while (keys_[i] != key)
      ++i;
    return i;
  }

  void answer(Asked& asked) {
    if (asked.operation.call == Call::read) answer_one(asked.operation);
    for (Step& step : asked.steps)
      if (step.call == Call::read) answer_one(step);
  }
  template <class T>  // an operation or a step
  void answer_one(T& read) {
    read.answer = Answer::one;
    read.result = any(number_of(read.key));
  }

  RandomRegisters knobs_;
  Random random_;
  HistoryBuilder builder_;
  std::vector<std::uint32_t> keys_;
  std::vector<std::vector<Value>> written_;  // by register
  std::int64_t last_ = 0;
};

}  // namespace

History random_registers(const RandomRegisters& knobs, std::uint64_t seed) {
  return Draw(knobs, seed).draw();
}

}  // namespace cleave::testing
