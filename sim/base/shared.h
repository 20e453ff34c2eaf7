// A value that never changes and that many have in common, such as what every device knows of the
// rest of the world. Copies cost a count, and its digest is computed once: state of many nodes is
// digested and compared without looking into it again and again.
#pragma once
#include "sim/base/diff.h"
#include "sim/base/digest.h"
#include "sim/base/ref.h"

#include <cstdint>
#include <utility>

namespace cleave {

template <class T>
class Shared {
 public:
  explicit Shared(T value = T{}) : box_(new Box(std::move(value))) {}
  const T& operator*() const { return box_->value; }
  const T* operator->() const { return &box_->value; }
  std::uint64_t digest() const { return box_->digest; }

 private:
  struct Box : Counted {
    explicit Box(T v) : value(std::move(v)), digest(digest_of(value)) {}
    T value;
    std::uint64_t digest;
  };
  Ref<Box> box_;
};

template <class T>
void digest(Digest& d, const Shared<T>& shared) {
  d.add(shared.digest());
}
template <class T>
void compare(Differ& d, const Shared<T>& left, const Shared<T>& right) {
  if (left.digest() != right.digest()) compare(d, *left, *right);
}

}  // namespace cleave
