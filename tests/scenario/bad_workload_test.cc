// Every mistake that a workload can have, one a line.
#include "tests/scenario/bad_input.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace cleave {
namespace {

using test::Case;
using test::check;

TEST(BadInput, workload) {
  for (const Case& c : std::vector<Case>{
           {"by nobody",
            "by: [east, west]",
            "by: []",
            {"14:32: error: by: a workload by nobody; expected one client group or more; name "
             "one"}},
           {"by a stranger",
            "by: [east, west]",
            "by: [east, wset]",
            {"14:39: error: no client group is called 'wset'; write 'west'"}},
           {"twice",
            "by: [east, west]",
            "by: [east, east]",
            {"14:39: error: 'east' is there twice; expected each group once; remove one"}},
           {"no pace",
            "every: 10ms, ",
            "",
            {"14:5: error: a workload without a pace; expected one of `every`, `rate` and "
             "`in_flight`; write `every: 10ms`, say"}},
           {"two paces",
            "every: 10ms",
            "every: 10ms, in_flight: 1",
            {"14:5: error: a workload with both 'every' and 'in_flight'; expected one of `every`, "
             "`rate` and `in_flight`; remove one"}},
           {"every 0",
            "every: 10ms",
            "every: 0ms",
            {"14:22: error: every: '0ms' is out of range; expected a duration of 1ns or more"}},
           {"a rate without a unit",
            "every: 10ms",
            "rate: 200",
            {"14:21: error: rate: '200' is no rate; expected a number for each second, minute or "
             "hour; write `200/s`, `30/m` or `1000/h`"}},
           {"think in an open loop",
            "every: 10ms",
            "every: 10ms, think: 1s",
            {"14:28: error: 'think' has no effect with these actions in an open loop; remove it"}},
           {"unknown action",
            "do: write",
            "do: wriet",
            {"14:50: error: no action is called 'wriet'; write 'write'"}},
           {"weight of nothing",
            "do: write",
            "do: {write: 0, read: 1}",
            {"14:58: error: weight: found '0'; expected an integer from 1 to 1000000"}},
           {"actions of two types",
            "do: write",
            "do: {write: 1, append: 1}",
            {"14:50: error: do: no type of object has all these actions; expected actions of one "
             "type; write an item for each type"}},
           {"no such action",
            "do: write",
            "do: write, object: log",
            {"14:50: error: do: a log cannot do this; expected some of read_from, append"}},
           {"unknown store",
            "on: accounts",
            "on: acounts",
            {"14:61: error: no store is called 'acounts'; write 'accounts'"}},
           {"after the end",
            "to: 40s",
            "to: 90s",
            {"14:10: error: to: it would end after the run, which ends at 1m; expected at most 1m; "
             "leave out `to`, or raise run_for"}},
           {"ends before it begins",
            "to: 40s",
            "from: 50s, to: 40s",
            {"14:21: error: to: it would end at 40s, and begin at 50s; expected an end after the "
             "beginning"}},
           {"begins after the run",
            "to: 40s",
            "from: 60s",
            {"14:12: error: from: it would begin after the run, which ends at 1m; expected a time "
             "within the run"}},
           {"range",
            "user-{0..9}",
            "user-{9..0}",
            {"14:76: error: key: 'user-{9..0}' has a range that ends before it begins; expected a "
             "name, or names with one range; write `user-{0..99}`, in quotes"}},
           {"range without numbers",
            "user-{0..9}",
            "user-{a..z}",
            {"14:76: error: key: 'user-{a..z}' has a range without two numbers; expected a name, "
             "or names with one range; write `user-{0..99}`, in quotes"}},
           {"open range",
            "user-{0..9}",
            "user-{0..9",
            {"14:76: error: key: 'user-{0..9' has a '{' without a '}'; expected a name, or names "
             "with one range; write `user-{0..99}`, in quotes"}},
           {"zipf in order",
            "\"user-{0..9}\"",
            "\"user-{0..9}\", order: sequential, zipf: 0.9",
            {"14:116: error: zipf: a distribution over keys that are taken in order; expected one "
             "of the two; remove 'order' or 'zipf'"}},
           {"zipf with four decimals",
            "\"user-{0..9}\"",
            "\"user-{0..9}\", zipf: 0.9999",
            {"14:97: error: zipf: more than three decimals; expected an exponent such as 0.99"}},
           {"zipf of too many keys",
            "\"user-{0..9}\"",
            "\"user-{0..2000000}\", zipf: 1",
            {"14:103: error: zipf: a distribution over 2000001 keys; expected at most 1048576"}},
           {"too many keys",
            "user-{0..9}",
            "user-{0..10000000}",
            {"14:76: error: key: 'user-{0..10000000}' has more than 10000000 keys; expected a "
             "name, or names with one range; write `user-{0..99}`, in quotes"}},
           {"amount of a write",
            "do: write",
            "do: write, amount: 2",
            {"14:57: error: 'amount' has no effect with these actions in an open loop; remove it"}},
           {"backoff above its most",
            "do: write",
            "do: write, backoff: 9s",
            {"14:66: error: backoff: 'most_backoff' is 5s, less than 'backoff', which is 9s; "
             "expected as much or more"}},
           {"zipf of one key",
            "\"user-{0..9}\"",
            "one, zipf: 0.99",
            {"14:87: error: zipf: a distribution over one key; expected a range of keys; write "
             "`key: \"user-{0..99}\"`, or remove it"}},
       })
    check(c);
}

}  // namespace
}  // namespace cleave
