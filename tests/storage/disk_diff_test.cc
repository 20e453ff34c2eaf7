#include "sim/storage/disk_diff.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave {
namespace {

struct Replica {
  struct Disk {
    DiskLog<std::string> log;
    DiskCell<int> term;
    DiskTable<std::string, int> table;
    CLEAVE_DESCRIBE(log, term, table)
  } disk;
  CLEAVE_DESCRIBE(disk)
};

TEST(DiskDiff, goes_into_members_and_tells_what_is_not_durable) {
  const Replica before;
  Replica after;
  after.disk.log.append("entry");
  after.disk.term.set(2);
  after.disk.table.put("user-1", 7);
  EXPECT_EQ(to_text(diff(before, after)),
            "disk.log[0]: absent -> \"entry\"\n"
            "disk.log.unsynced: 0 -> 1\n"
            "disk.term: 0 -> 2\n"
            "disk.term.unsynced: 0 -> 1\n"
            "disk.table[\"user-1\"]: absent -> 7\n"
            "disk.table.unsynced: 0 -> 1\n");
  EXPECT_EQ(value_text(after), "{disk: {log: [\"entry\"], term: 2, table: {\"user-1\": 7}}}");
  EXPECT_TRUE(diff(after, after).empty());
}

TEST(DiskDiff, shows_a_torn_entry) {
  Replica torn;
  torn.disk.log.append("entry");
  Replica whole = torn;
  Random random{1};
  torn.disk.log.crash(CrashDisk::tear_last, random);
  whole.disk.log.begin_sync();
  whole.disk.log.complete_sync();
  EXPECT_EQ(to_text(diff(whole, torn)), "disk.log.torn: false -> true\n");
}

}  // namespace
}  // namespace cleave
