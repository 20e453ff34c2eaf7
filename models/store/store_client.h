// How a service or a person talks to stores: a value that its node keeps in memory. It sends each
// operation to a replica, follows redirects, tries again with exponential backoff and jitter, and
// tells the node how it ended, together with what the node wanted to do next. One invocation is one
// operation of the history, however often it is sent; one whose answer does not come in time ends
// as unknown, and never as failed.
#pragma once
#include "models/store/operation.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave::models::store {

// Which replica is asked. Every client follows a redirect at once.
enum class Routing : std::uint8_t {
  pinned,   // always the first
  nearest,  // the first; after a failure the next in the list, and so on around
  roaming,  // each time another one, at random
};

// Which replicas serve reads, as the engine is configured: a client need not find out by redirects.
enum class ReadsAt : std::uint8_t { leader, any };

// How long a client waits, and how often it tries. Jitter is full: uniform from nothing up to the
// backoff, which doubles with each retry (Brooker 2015).
struct Patience {
  Duration deadline{10'000'000'000};       // of the operation, by the client's own clock
  Duration answer_within{2'000'000'000};   // or this attempt has failed
  std::optional<std::uint32_t> retries{};  // at most; absent: until the deadline
  Duration backoff{100'000'000};
  Duration most_backoff{5'000'000'000};
  CLEAVE_DESCRIBE(deadline, answer_within, retries, backoff, most_backoff)
};

// A store as one client sees it: configuration of the client's node.
struct StoreAccess {
  StoreId store;
  std::vector<NodeId> replicas;  // at least one, nearest first
  ReadsAt reads = ReadsAt::leader;
  Routing routing = Routing::nearest;
  Patience patience;
  ClientClock clock = ClientClock::none;
  CLEAVE_DESCRIBE(store, replicas, reads, routing, patience, clock)
};

// An object of a store; its name is free text, unique within the store.
struct ObjectName {
  StoreId store;
  ObjectType type = ObjectType::reg;
  Key key;
  ObjectName(StoreId s, ObjectType t, std::string_view name)
      : store(s), type(t), key(key_of(name)) {}
};

// A timer of a client: look at the call again.
struct CallDue {
  static constexpr std::string_view name = "store call due";
  std::uint32_t index = 0;
  CLEAVE_DESCRIBE(index)
};

// An operation under way.
struct Call {
  enum class Phase : std::uint8_t { asking, backing_off };
  Request request;
  Patience patience;
  std::uint32_t process = 0;
  Phase phase = Phase::asking;
  NodeId target;
  std::uint32_t retries = 0;
  std::uint32_t redirects = 0;     // since the last retry
  bool may_have_happened = false;  // an attempt ended without an answer that excludes it
  Time deadline;                   // monotonic, as is:
  Time until;                      // when the phase ends
  TimerId timer;
  CLEAVE_DESCRIBE(request, patience, process, phase, target, retries, redirects, may_have_happened,
                  deadline, until, timer)
};

struct Ended {
  OperationId id;
  NodeId replica;  // asked last
  Result result;
};

// The part of a StoreClient that does not depend on what its node wants to do next.
class Caller {
 public:
  // Operation numbers begin anew with each incarnation of the node, so that none is used twice.
  static constexpr std::uint32_t kCallsPerIncarnation = 1u << 22;
  static constexpr std::uint32_t kMostRedirects = 3;  // in a row; then it waits, and tries again

  void open(std::vector<StoreAccess> stores, std::uint64_t incarnation);
  // As patient as the store's access says, or as is said here.
  OperationId start(Context& ctx, Request request, const std::optional<Patience>& patience = {});
  std::vector<Ended> on(const Reply& reply, NodeId from, Context& ctx);
  std::vector<Ended> on(const CallDue& due, NodeId from, Context& ctx);
  std::vector<Ended> on(const Disconnected& gone, NodeId from, Context& ctx);

  struct Known {  // of a store
    StoreAccess access;
    std::optional<NodeId> leader;  // as redirects and answers told
    std::uint32_t next = 0;        // index of the replica to ask, for `nearest`
    Timestamp timestamp = 0;       // the last given or seen, as the store's clock says; 0: none
    CLEAVE_DESCRIBE(access, leader, next, timestamp)
  };

 private:
  friend void digest(Digest& d, const Caller& caller);
  friend void compare(Differ& d, const Caller& left, const Caller& right);

  Known& known(StoreId store);
  static std::optional<Timestamp> stamp(Known& store, Context& ctx);
  void ask(Call& call, NodeId target, Context& ctx);
  void wait(Call& call, Duration duration, Context& ctx);
  NodeId choose(const Call& call, Context& ctx);
  Duration backoff(const Call& call, Context& ctx);
  std::vector<Ended> fail_attempt(Call& call, Reason reason, Context& ctx);
  std::vector<Ended> give_up(Call& call, Reason reason, Context& ctx);
  std::vector<Ended> finish(Call& call, Result result, Context& ctx);
  std::uint32_t take_process();

  std::map<StoreId, Known> stores_;
  std::uint32_t issued_ = 0;  // number of the last operation
  std::uint32_t last_process_ = 0;
  std::set<std::uint32_t> idle_processes_;  // have no operation under way
  std::map<std::uint32_t, Call> calls_;     // by number
};

// What a node that embeds a StoreClient forwards to it:
//   template <FromStore M>
//   void on(const M& m, NodeId from, Context& ctx) { memory.client.on(m, from, ctx, *this); }
template <class M>
concept FromStore =
    std::same_as<M, Reply> || std::same_as<M, CallDue> || std::same_as<M, Disconnected>;

// Arguments that belong together.
struct Versioned {  // only if the register is still at this version
  std::uint64_t version = 0;
  Blob value;
};
struct Bounded {
  std::int64_t number = 0;
  std::int64_t bound = 0;
};
struct FieldValue {
  Key field;
  Blob value;
};

// A request as it is before it has a number.
Request make(const ObjectName& object, Action action, Blob value = {}, std::int64_t number = 0);

// How an operation ended, and what its node wanted to do then. Handled like a message:
//   void on(const Answer<Stored>& answer, NodeId replica, Context& ctx)
template <class Then>
struct Answer {
  Result result;
  Then then;
  bool ok() const { return result.outcome == Outcome::ok; }
};

// `Then...`: plain described structs, one for each thing that the node may want to do next.
template <class... Then>
struct StoreClient {
  using Receives = std::variant<Reply, CallDue, Disconnected>;

  Caller caller;
  std::map<std::uint32_t, std::variant<Then...>> continuations;
  CLEAVE_DESCRIBE(caller, continuations)

  // To be called when the node starts: on(const Start&).
  void open(std::vector<StoreAccess> stores, std::uint64_t incarnation) {
    caller.open(std::move(stores), incarnation);
  }

  // ---- actions; each requires that the object's type has it, and that its store was opened -----
  template <class T>
  void read(Context& ctx, const ObjectName& object, const T& then,
            Consistency consistency = Consistency::configured) {
    Request request = make(object, Action::read);
    request.consistency = consistency;
    perform(ctx, std::move(request), then);
  }
  template <class T>
  void write(Context& ctx, const ObjectName& reg, Blob value, const T& then) {
    perform(ctx, make(reg, Action::write, std::move(value)), then);
  }
  template <class T>
  void compare_and_set(Context& ctx, const ObjectName& reg, Versioned value, const T& then) {
    Request request = make(reg, Action::compare_and_set, std::move(value.value));
    request.version = value.version;
    perform(ctx, std::move(request), then);
  }
  template <class T>
  void raise(Context& ctx, const ObjectName& max_register, std::int64_t to, const T& then) {
    perform(ctx, make(max_register, Action::raise, {}, to), then);
  }
  template <class T>
  void add(Context& ctx, const ObjectName& set, Blob value, const T& then) {
    perform(ctx, make(set, Action::add, std::move(value)), then);
  }
  template <class T>
  void remove(Context& ctx, const ObjectName& set, Blob value, const T& then) {
    perform(ctx, make(set, Action::remove, std::move(value)), then);
  }
  template <class T>
  void append(Context& ctx, const ObjectName& log_or_queue, Blob value, const T& then) {
    perform(ctx, make(log_or_queue, Action::append, std::move(value)), then);
  }
  // At most kMostEntriesRead entries, from `position` on; positions count from 1.
  template <class T>
  void read_from(Context& ctx, const ObjectName& log_or_queue, std::uint64_t position,
                 const T& then, Consistency consistency = Consistency::configured) {
    Request request = make(log_or_queue, Action::read_from);
    request.version = position;
    request.consistency = consistency;
    perform(ctx, std::move(request), then);
  }
  // Removes what stands at `position` and before it.
  template <class T>
  void acknowledge(Context& ctx, const ObjectName& queue, std::uint64_t position, const T& then) {
    Request request = make(queue, Action::acknowledge);
    request.version = position;
    perform(ctx, std::move(request), then);
  }
  template <class T>
  void add(Context& ctx, const ObjectName& counter, std::int64_t number, const T& then) {
    perform(ctx, make(counter, Action::add, {}, number), then);
  }
  // Adds, unless the counter would then exceed the bound: refused.
  template <class T>
  void reserve(Context& ctx, const ObjectName& counter, Bounded number, const T& then) {
    Request request = make(counter, Action::reserve, {}, number.number);
    request.bound = number.bound;
    perform(ctx, std::move(request), then);
  }
  template <class T>
  void put(Context& ctx, const ObjectName& pool, Blob value, const T& then) {
    perform(ctx, make(pool, Action::put, std::move(value)), then);
  }
  // The oldest item that nobody took; refused if there is none.
  template <class T>
  void take(Context& ctx, const ObjectName& pool, const T& then) {
    perform(ctx, make(pool, Action::take), then);
  }
  template <class T>
  void read_field(Context& ctx, const ObjectName& map, Key field, const T& then) {
    Request request = make(map, Action::read);
    request.field = field;
    perform(ctx, std::move(request), then);
  }
  template <class T>
  void write_field(Context& ctx, const ObjectName& map, FieldValue value, const T& then) {
    Request request = make(map, Action::write, std::move(value.value));
    request.field = value.field;
    perform(ctx, std::move(request), then);
  }

  // Any of them. The request's id and `settled` are set here.
  template <class T>
  void perform(Context& ctx, Request request, const T& then,
               const std::optional<Patience>& patience = {}) {
    const OperationId id = caller.start(ctx, std::move(request), patience);
    continuations.emplace(id.index, then);
  }

  template <FromStore M, class Node>
  void on(const M& message, NodeId from, Context& ctx, Node& node) {
    for (Ended& ended : caller.on(message, from, ctx)) {
      auto continuation = continuations.extract(ended.id.index);
      std::visit(
          [&](auto& then) {
            using T = std::remove_reference_t<decltype(then)>;
            node.on(Answer<T>{std::move(ended.result), std::move(then)}, ended.replica, ctx);
          },
          continuation.mapped());
    }
  }
};

}  // namespace cleave::models::store
