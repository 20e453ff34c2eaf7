// A client that asks a store again and again, as a load generator does: at its own pace (open loop)
// or waiting for answers (closed loop). What it asks for is drawn by the number of the operation,
// so that the same operations come in whatever else the run does. Every value is written once.
#pragma once
#include "models/store/store_client.h"
#include "sim/base/random.h"
#include "sim/base/zipf.h"
#include "sim/engine/node.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave::models::store {

struct OpenLoop {
  enum class Arrivals : std::uint8_t {
    regular,  // the first at once, then at equal distances
    poisson,  // memoryless, the first too
  };
  Duration every;  // on average; more than 0
  Arrivals arrivals = Arrivals::regular;
  CLEAVE_DESCRIBE(every, arrivals)
};
struct ClosedLoop {
  std::uint32_t in_flight = 1;  // operations at a time
  Duration think;               // between an answer and the next operation
  CLEAVE_DESCRIBE(in_flight, think)
};

// Names of objects: the prefix alone, or "user-0" to "user-99".
struct KeyNames {
  struct Range {
    std::uint64_t first = 0;
    std::uint64_t count = 1;  // at least 1
    CLEAVE_DESCRIBE(first, count)
  };
  std::string prefix;
  std::optional<Range> range;
  std::string suffix;
  CLEAVE_DESCRIBE(prefix, range, suffix)

  std::uint64_t count() const { return range ? range->count : 1; }
  // Requires: i < count().
  std::string name(std::uint64_t i) const;
};

enum class KeyOrder : std::uint8_t {
  uniform,
  sequential,  // around, by the number of the operation
};

struct ActionShare {
  Action action = Action::write;
  std::uint32_t weight = 1;
  CLEAVE_DESCRIBE(action, weight)
};

// What one client does to the objects of one store. Times are of the client's monotonic clock.
struct Load {
  StoreId store;
  Time from;
  Time until;  // no operation begins then or later
  std::variant<OpenLoop, ClosedLoop> pace;
  ObjectType type = ObjectType::reg;
  std::vector<ActionShare> mix;  // actions of the type; weights add up to more than 0
  KeyNames keys;
  std::variant<KeyOrder, Zipf> key_choice = KeyOrder::uniform;  // of Zipf, one rank for each key
  std::int64_t number = 1;                                      // added or reserved each time
  std::int64_t bound = 0;                                       // of reservations
  Consistency reads = Consistency::configured;
  Patience patience;
  CLEAVE_DESCRIBE(store, from, until, pace, type, mix, keys, key_choice, number, bound, reads,
                  patience)
};

// One operation of a load: what was drawn for it.
struct Drawn {
  Action action = Action::read;
  std::uint64_t key = 0;    // index among the load's names
  std::uint64_t field = 0;  // of a map
};

struct WorkloadClient {
  static constexpr std::string_view kind = "client";
  static constexpr std::uint64_t kFields = 8;  // of every map

  // ---- configuration ----
  std::string name;  // unique in the run: part of every value
  std::uint64_t seed = 0;
  std::vector<StoreAccess> stores;
  std::vector<Load> loads;

  // A load's timetable is in its person's head, and survives a crash of the device.
  struct Timetable {
    std::uint64_t next = 0;  // number of the next operation
    Time at;                 // of an open loop: when it is due
    CLEAVE_DESCRIBE(next, at)
  };
  std::vector<Timetable> timetables;  // by load; drawn up at the first start

  struct Asked {
    std::uint32_t load = 0;
    Key key;
    Action action = Action::read;
    std::uint64_t position = 0;  // of read_from
    CLEAVE_DESCRIBE(load, key, action, position)
  };
  struct Seen {                 // of an object
    std::uint64_t version = 0;  // of the last answer
    std::uint64_t read = 0;     // position up to which a log or queue was read
    Blob added;                 // to a set, last
    CLEAVE_DESCRIBE(version, read, added)
  };
  struct Memory {
    StoreClient<Asked> client;
    std::map<std::pair<std::uint32_t, Key>, Seen> seen;  // by load and object
    CLEAVE_DESCRIBE(client, seen)
  } memory;

  CLEAVE_DESCRIBE(name, seed, stores, loads, timetables, memory)

  struct Due {  // timer: time for another operation
    static constexpr std::string_view name = "operation due";
    std::uint32_t load = 0;
    CLEAVE_DESCRIBE(load)
  };
  using Receives = Join<std::variant<Start, Due>, StoreClient<Asked>::Receives>;

  void on(const Start& start, NodeId self, Context& ctx);
  void on(const Due& due, NodeId self, Context& ctx);
  void on(const Answer<Asked>& answer, NodeId replica, Context& ctx);
  template <FromStore M>
  void on(const M& m, NodeId from, Context& ctx) {
    memory.client.on(m, from, ctx, *this);
  }

  // The same on every call.
  Drawn draw(std::uint32_t load, std::uint64_t operation) const;

 private:
  Duration gap(std::uint32_t load, std::uint64_t operation) const;
  void advance(std::uint32_t load);
  void again_at(Time at, std::uint32_t load, Context& ctx);
  void ask(std::uint32_t load, Context& ctx);
  void set_argument(Request& request, Seen& seen, Blob value) const;
  Random random(Purpose purpose, std::uint32_t load, std::uint64_t operation) const;
};

}  // namespace cleave::models::store
