// Makes a history out of events in the order in which they happened: what readers of files, runs
// and tests have in common. A process that asks again while an operation of its own is open goes on
// as a new process, and the open operation is never answered.
#pragma once
#include "sim/check/history/history.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>

namespace cleave {

class HistoryBuilder {
 public:
  HistoryBuilder();

  // Of the history that is being made; a key or a value is one for good.
  Names& names() { return history_.names; }
  std::uint32_t key(Value name);
  Slice values(std::span<const Value> list);
  Slice values(std::initializer_list<Value> list) { return values({list.begin(), list.size()}); }
  Slice steps(std::span<const Step> list);
  // To be filled in when they are answered. Valid until the next steps().
  std::span<Step> steps_of(const Operation& operation) {
    return std::span(history_.steps).subspan(operation.steps.first, operation.steps.count);
  }

  // `asked` says what; process, times and ending are filled in here. Returns its index.
  std::size_t invoke(Value process, Operation asked, std::uint64_t at = 0);
  // The open operation of that process; null: there is none. What was answered is for the caller to
  // fill in. Valid until the next invoke().
  Operation* open(Value process);
  // Ends it. Pending: it stays open for ever, and the process goes on as a new one. Requires: it is
  // open.
  void complete(Value process, Ending ending, std::uint64_t at = 0);

  std::size_t size() const { return history_.operations.size(); }
  // What is open stays pending. The builder is empty afterwards.
  History build() &&;

 private:
  struct Client {
    std::uint32_t process = 0;
    std::size_t operation = 0;
    bool is_open = false;
    bool is_gone = false;  // its last operation is pending: the next one is by a new process
  };

  History history_;
  std::uint64_t moment_ = 0;
  std::map<Value, std::uint32_t> keys_;
  std::map<Value, Client> clients_;
};

}  // namespace cleave
