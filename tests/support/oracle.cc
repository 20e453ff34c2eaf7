#include "tests/support/oracle.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace cleave::testing {
namespace {

struct Objects {
  std::map<std::uint32_t, Value> values;              // registers; absent: the initial one
  std::map<std::uint32_t, std::vector<Value>> lists;  // sets, queues, logs
  std::map<std::uint32_t, std::string> texts;
  std::map<std::uint32_t, std::int64_t> totals;
  std::map<std::uint32_t, bool> held;
};

class Orders {
 public:
  Orders(const History& history, const Question& question)
      : history_(history),
        question_(question),
        used_(history.operations.size(), false),
        taken_(history.operations.size(), 0) {
    for (std::size_t i = 0; i < used_.size(); ++i)
      used_[i] = history.operations[i].ending == Ending::failed;
  }

  bool found(const Objects& objects) {
    bool all = true;
    for (std::size_t i = 0; i < used_.size(); ++i)
      all &= used_[i] || history_.operations[i].ending == Ending::pending;
    if (all) return true;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i] || !may_come(i)) continue;
      if (history_.operations[i].call == Call::drain && drains(objects, i)) return true;
      if (history_.operations[i].call == Call::drain) continue;
      used_[i] = true;
      for (const Objects& next : after(objects, history_.operations[i]))
        if (found(next)) return true;
      used_[i] = false;
    }
    return false;
  }

 private:
  const History& history_;
  const Question& question_;
  std::vector<bool> used_;
  std::vector<std::size_t> taken_;  // by a drain until now

  bool may_come(std::size_t i) const {
    const Operation& b = history_.operations[i];
    for (std::size_t j = 0; j < used_.size(); ++j) {
      const Operation& a = history_.operations[j];
      if (used_[j]) continue;
      if (question_.level == Level::linearizable ? precedes(a, b) : a.process == b.process && j < i)
        return false;
    }
    return true;
  }

  // A drain takes one element after the other, in the order of its answer, until it finds nothing;
  // one whose answer is not known, as many as it likes. Is there an order if it goes on now?
  bool drains(const Objects& objects, std::size_t i) {
    const Operation& o = history_.operations[i];
    const bool known = o.ending == Ending::done && o.answer != Answer::none;
    const std::vector<Value> told = answered(o);
    Operation dequeue = o;
    dequeue.call = Call::dequeue;
    dequeue.answer = known ? Answer::one : Answer::none;
    dequeue.result = known && taken_[i] < told.size() ? told[taken_[i]] : Value{};
    const bool ends = known && taken_[i] == told.size();
    const auto list = objects.lists.find(o.key);
    if (!known && (list == objects.lists.end() || list->second.empty())) return passes(objects, i);
    Objects before = objects;
    before.lists[o.key];
    ++taken_[i];
    used_[i] = ends;
    for (const Objects& next : after_dequeue(before, dequeue))
      if (found(next)) return true;
    used_[i] = false;
    --taken_[i];
    return !known && passes(objects, i);
  }
  bool passes(const Objects& objects, std::size_t i) {
    used_[i] = true;
    const bool is_found = found(objects);
    used_[i] = false;
    return is_found;
  }

  // Every state that it may lead to; none: it cannot come now.
  std::vector<Objects> after(Objects objects, const Operation& o) const {
    if (o.call == Call::transaction) {
      for (const Step& step : history_.steps_of(o)) {
        Value& value = objects.values.try_emplace(step.key, question_.init).first->second;
        if (step.call == Call::write) value = step.argument;
        if (step.answer == Answer::one && step.result != value) return {};
      }
      return {objects};
    }
    switch (question_.model) {
      case Model::set:
      case Model::set_full:
      case Model::log:
      case Model::queue:
      case Model::fifo_queue:
        return after_list(std::move(objects), o);
      case Model::kv:
        return after_text(std::move(objects), o);
      case Model::counter:
        if (o.call == Call::add) objects.totals[o.key] += o.argument.code;
        if (o.call == Call::read && o.answer == Answer::one &&
            o.result != integer(objects.totals[o.key]))
          return {};
        return {objects};
      case Model::mutex:
        if (objects.held[o.key] == (o.call == Call::acquire)) return {};
        objects.held[o.key] = o.call == Call::acquire;
        return {objects};
      default:
        return after_value(std::move(objects), o);
    }
  }

  std::vector<Objects> after_value(Objects objects, const Operation& o) const {
    Value& value = objects.values.try_emplace(o.key, question_.init).first->second;
    if (o.call == Call::read && o.answer == Answer::one && o.result != value) return {};
    if (o.call == Call::compare_and_set && o.expected != value) return {};
    if (o.call == Call::raise) value = std::max(value, o.argument);
    if (o.call == Call::write || o.call == Call::compare_and_set) value = o.argument;
    return {objects};
  }

  std::vector<Objects> after_text(Objects objects, const Operation& o) const {
    std::string& text = objects.texts[o.key];
    const auto said = [&](Value value) {
      return value.is_nil() ? std::string() : to_text(value, history_.names);
    };
    if (o.call == Call::read && o.answer == Answer::one && said(o.result) != text) return {};
    if (o.call == Call::write) text = said(o.argument);
    if (o.call == Call::append) text += said(o.argument);
    return {objects};
  }

  std::vector<Value> answered(const Operation& o) const {
    const auto many = history_.results_of(o);
    if (o.answer == Answer::many) return {many.begin(), many.end()};
    return o.result.is_nil() ? std::vector<Value>{} : std::vector<Value>{o.result};
  }

  std::vector<Objects> after_list(Objects objects, const Operation& o) const {
    std::vector<Value>& list = objects.lists[o.key];
    const bool is_set = question_.model == Model::set || question_.model == Model::set_full;
    const auto found = std::find(list.begin(), list.end(), o.argument);
    if (o.call == Call::append || o.call == Call::enqueue) list.push_back(o.argument);
    if (o.call == Call::add && found == list.end()) list.push_back(o.argument);
    if (o.call == Call::remove && found != list.end()) list.erase(found);
    if (o.call == Call::dequeue) return after_dequeue(objects, o);
    if (o.call == Call::read) {
      std::vector<Value> there = list;
      std::vector<Value> told = answered(o);
      const bool in_order = question_.model == Model::log || question_.model == Model::fifo_queue;
      if (!in_order) std::sort(there.begin(), there.end());
      if (!in_order) std::sort(told.begin(), told.end());
      if (question_.model == Model::set_full &&
          std::adjacent_find(told.begin(), told.end()) != told.end())
        return {};
      if (is_set) told.erase(std::unique(told.begin(), told.end()), told.end());
      if (o.answer != Answer::none && there != told) return {};
    }
    return {objects};
  }

  std::vector<Objects> after_dequeue(const Objects& objects, const Operation& o) const {
    const std::vector<Value>& list = objects.lists.at(o.key);
    if (list.empty())
      return o.answer == Answer::none || o.result.is_nil() ? std::vector{objects}
                                                           : std::vector<Objects>{};
    std::vector<Objects> all;
    const std::size_t takes = question_.model == Model::fifo_queue ? 1 : list.size();
    for (std::size_t i = 0; i < takes; ++i) {
      if (o.answer == Answer::one && o.result != list[i]) continue;
      all.push_back(objects);
      std::vector<Value>& rest = all.back().lists[o.key];
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return all;
  }
};

}  // namespace

bool has_order(const History& history, const Question& question) {
  return Orders(history, question).found({});
}

}  // namespace cleave::testing
