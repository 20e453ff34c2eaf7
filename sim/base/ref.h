// Intrusive shared ownership between copies of a World. Counts are atomic, because two Worlds that
// share a block may live in two threads; but a block with one owner (the common case) is freed with
// a plain load, so atomicity costs nothing while a World runs alone.
#pragma once
#include <atomic>
#include <cstdint>
#include <utility>

namespace cleave {

class Counted {
 public:
  Counted() = default;
  Counted(const Counted& /*a clone starts with one owner*/) {}
  Counted& operator=(const Counted&) = delete;
  void retain() const { refs_.fetch_add(1, std::memory_order_relaxed); }
  bool unique() const { return refs_.load(std::memory_order_acquire) == 1; }
  // True when the caller was the last owner and must destroy the object.
  bool release() const { return unique() || refs_.fetch_sub(1, std::memory_order_acq_rel) == 1; }

 private:
  mutable std::atomic<std::uint32_t> refs_{1};
};

// Owns one count of a T that derives from Counted.
template <class T>
class Ref {
 public:
  Ref() = default;
  explicit Ref(T* adopted) : p_(adopted) {}
  Ref(const Ref& o) : p_(o.p_) {
    if (p_) p_->retain();
  }
  Ref(Ref&& o) noexcept : p_(std::exchange(o.p_, nullptr)) {}
  Ref& operator=(Ref o) noexcept {
    std::swap(p_, o.p_);
    return *this;
  }
  ~Ref() {
    if (p_ && p_->release()) delete p_;
  }
  T* get() const { return p_; }
  T* operator->() const { return p_; }
  T& operator*() const { return *p_; }
  explicit operator bool() const { return p_ != nullptr; }

 private:
  T* p_ = nullptr;
};

}  // namespace cleave
