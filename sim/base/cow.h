// A copy-on-write value: copies share, and the first write after a copy clones. Copies may be read
// and written by different threads, one thread per copy. A Cow that was moved from may only be
// assigned to or destroyed.
#pragma once
#include "sim/base/ref.h"

#include <utility>

namespace cleave {

template <class T>
class Cow {
 public:
  explicit Cow(T value = T{}) : box_(new Box(std::move(value))) {}
  const T& operator*() const { return box_->value; }
  const T* operator->() const { return &box_->value; }
  // Valid until the Cow is next copied.
  T& write() {
    if (!box_->unique()) box_ = Ref<Box>(new Box(*box_));
    return box_->value;
  }
  bool shares_with(const Cow& other) const { return box_.get() == other.box_.get(); }

 private:
  struct Box : Counted {
    explicit Box(T v) : value(std::move(v)) {}
    T value;
  };
  Ref<Box> box_;
};

}  // namespace cleave
