// What a node keeps on disk: members that remember, for each write not yet synced, how to undo it.
// A sync makes durable what was written before it began; a crash keeps a prefix of the rest, drawn
// per member; a torn write leaves the last kept entry unreadable. A node's Disk is a described
// struct of these members alone.
// Invariants: (1) undoing the journal from its end gives the durable state; (2) marks are sorted
// and at most journal size.
#pragma once
#include "sim/base/assert.h"
#include "sim/base/describe.h"
#include "sim/base/digest.h"
#include "sim/base/log.h"
#include "sim/base/random.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cleave {

// How a disk comes out of a crash.
enum class CrashDisk : std::uint8_t {
  keep_all,       // a clean stop: everything is flushed
  keep_prefix,    // of the unsynced writes, as many as the draw says
  lose_unsynced,  // none of them
  tear_last,      // a prefix of at least one, whose last entry cannot be read
};

namespace detail {

// Unsynced writes, oldest first, and where each running sync ends among them.
template <class Undo>
class Journal {
 public:
  void add(Undo undo) { undo_.push_back(std::move(undo)); }
  void begin_sync() { marks_.push_back(undo_.size()); }
  void complete_sync() {
    CLEAVE_CHECK(!marks_.empty(), "a sync that completes has begun");
    const std::size_t synced = marks_.front();
    marks_.erase(marks_.begin());
    undo_.erase(undo_.begin(), undo_.begin() + static_cast<std::ptrdiff_t>(synced));
    for (std::size_t& mark : marks_)
      mark -= synced;
  }
  std::size_t size() const { return undo_.size(); }
  const Undo& operator[](std::size_t at) const { return undo_[at]; }

  // Takes back all but `kept` writes, newest first; what is kept is durable now.
  template <class Apply>
  void crash(std::size_t kept, Apply&& apply) {
    for (std::size_t i = undo_.size(); i > kept; --i)
      apply(undo_[i - 1]);
    undo_.clear();
    marks_.clear();
  }

 private:
  std::vector<Undo> undo_;
  std::vector<std::size_t> marks_;
};

inline std::size_t surviving(std::size_t unsynced, CrashDisk how, Random& random) {
  if (how == CrashDisk::keep_all) return unsynced;
  if (how == CrashDisk::lose_unsynced || unsynced == 0) return 0;
  if (how == CrashDisk::tear_last) return 1 + random.below(unsynced);
  return random.below(unsynced + 1);
}

}  // namespace detail

// A file of entries that grows at its end. Recovery may truncate it, and what a snapshot stands for
// is dropped from its front; positions stay as they are. A crash brings a prefix back whose
// dropping was not synced.
template <class T>
class DiskLog {
 public:
  std::uint64_t size() const { return log_.size(); }    // the position after the last entry
  std::uint64_t first() const { return log_.first(); }  // of the oldest entry that is there
  bool empty() const { return log_.empty(); }
  // Requires: first() <= at < size(), and the entry is not torn.
  const T& operator[](std::uint64_t at) const {
    CLEAVE_ASSERT(!torn_ || at + 1 != log_.size(), "a torn entry of a disk log is not read");
    return log_[at];
  }
  const T& back() const { return (*this)[log_.size() - 1]; }
  void append(T value) {
    log_.append(std::move(value));
    journal_.add(std::nullopt);
  }
  void truncate(std::uint64_t size) {
    while (log_.size() > size) {
      journal_.add(log_);
      log_.truncate(log_.size() - 1);
    }
    torn_ = false;
  }
  // A log that does not go so far is empty, and goes on there. Requires: first >= first().
  void drop_before(std::uint64_t first) {
    journal_.add(log_);
    log_.drop_before(first);
    torn_ = false;
  }
  // The last entry was half-written when the host crashed: its checksum does not match.
  bool torn() const { return torn_; }
  void discard_torn() {
    if (!torn_) return;
    log_.truncate(log_.size() - 1);
    torn_ = false;
  }
  const Log<T>& entries() const { return log_; }

  void begin_sync() { journal_.begin_sync(); }
  void complete_sync() { journal_.complete_sync(); }
  std::uint64_t unsynced() const { return journal_.size(); }
  std::uint64_t crash(CrashDisk how, Random& random) {  // how many writes were lost
    const std::size_t unsynced = journal_.size();
    const std::size_t kept = detail::surviving(unsynced, how, random);
    // Only an append has a half: that an entry is gone is written at once.
    torn_ = how == CrashDisk::tear_last && kept > 0 && !journal_[kept - 1];
    journal_.crash(kept, [this](const std::optional<Log<T>>& before) {
      if (before)
        log_ = *before;
      else
        log_.truncate(log_.size() - 1);
    });
    return unsynced - kept + (torn_ ? 1 : 0);
  }
  bool operator==(const DiskLog& other) const { return log_ == other.log_; }

 private:
  Log<T> log_;
  detail::Journal<std::optional<Log<T>>> journal_;  // what was before; nothing: undo an append
  bool torn_ = false;
};

// One value, replaced as a whole; a torn replacement leaves the old value, as a rename does.
template <class T>
class DiskCell {
 public:
  const T& get() const { return value_; }
  void set(T value) { journal_.add(std::exchange(value_, std::move(value))); }
  void begin_sync() { journal_.begin_sync(); }
  void complete_sync() { journal_.complete_sync(); }
  std::uint64_t unsynced() const { return journal_.size(); }
  std::uint64_t crash(CrashDisk how, Random& random) {
    const std::size_t unsynced = journal_.size();
    std::size_t kept = detail::surviving(unsynced, how, random);
    if (how == CrashDisk::tear_last && kept > 0) --kept;
    journal_.crash(kept, [this](const T& old) { value_ = old; });
    return unsynced - kept;
  }
  bool operator==(const DiskCell& other) const { return value_ == other.value_; }

 private:
  T value_{};
  detail::Journal<T> journal_;
};

// A key-value table; a torn row is dropped, as a store that checksums its rows does.
template <class K, class V>
class DiskTable {
 public:
  const std::map<K, V>& rows() const { return rows_; }
  const V* find(const K& key) const {
    const auto row = rows_.find(key);
    return row == rows_.end() ? nullptr : &row->second;
  }
  void put(const K& key, V value) {
    const auto row = rows_.find(key);
    if (row == rows_.end()) {
      journal_.add({key, std::nullopt});
      rows_.emplace(key, std::move(value));
    } else {
      journal_.add({key, std::exchange(row->second, std::move(value))});
    }
  }
  void erase(const K& key) {
    const auto row = rows_.find(key);
    if (row == rows_.end()) return;
    journal_.add({key, std::move(row->second)});
    rows_.erase(row);
  }
  void begin_sync() { journal_.begin_sync(); }
  void complete_sync() { journal_.complete_sync(); }
  std::uint64_t unsynced() const { return journal_.size(); }
  std::uint64_t crash(CrashDisk how, Random& random) {
    const std::size_t unsynced = journal_.size();
    std::size_t kept = detail::surviving(unsynced, how, random);
    if (how == CrashDisk::tear_last && kept > 0) --kept;
    journal_.crash(kept, [this](const std::pair<K, std::optional<V>>& old) {
      if (old.second)
        rows_.insert_or_assign(old.first, *old.second);
      else
        rows_.erase(old.first);
    });
    return unsynced - kept;
  }
  bool operator==(const DiskTable& other) const { return rows_ == other.rows_; }

 private:
  std::map<K, V> rows_;
  detail::Journal<std::pair<K, std::optional<V>>> journal_;
};

template <class T>
void digest(Digest& d, const DiskLog<T>& log) {
  digest(d, log.entries());
  d.add(log.unsynced());
}
template <class T>
void digest(Digest& d, const DiskCell<T>& cell) {
  digest(d, cell.get());
  d.add(cell.unsynced());
}
template <class K, class V>
void digest(Digest& d, const DiskTable<K, V>& table) {
  digest(d, table.rows());
  d.add(table.unsynced());
}

}  // namespace cleave
