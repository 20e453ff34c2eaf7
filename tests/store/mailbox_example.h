// The example of docs/adding-a-protocol.md: a service that keeps a queue for each device.
#pragma once
#include "models/store/store_client.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave::models::example {

using store::Answer;
using store::FromStore;
using store::StoreClient;

using DeviceId = Id<struct DeviceTag>;
using MessageId = Id<struct MessageTag, std::uint64_t>;

// ---- what devices say and hear ----
struct Submit {
  static constexpr std::string_view name = "submit";
  MessageId id;
  DeviceId to;
  Blob envelope;
  CLEAVE_DESCRIBE(id, to, envelope)
};
struct Accepted {
  static constexpr std::string_view name = "accepted";
  MessageId id;
  CLEAVE_DESCRIBE(id)
};
struct TryAgain {
  static constexpr std::string_view name = "try again";
  MessageId id;
  CLEAVE_DESCRIBE(id)
};
struct Pull {
  static constexpr std::string_view name = "pull";
  DeviceId device;
  std::uint64_t from = 1;
  CLEAVE_DESCRIBE(device, from)
};
struct Batch {
  static constexpr std::string_view name = "batch";
  std::uint64_t last = 0;
  std::vector<Blob> envelopes;
  CLEAVE_DESCRIBE(last, envelopes)
};

// The offline mailbox: store and forward, one queue for each device. The queues live in a store;
// this node keeps nothing durable, so that a crash of it loses nothing.
struct Mailbox {
  static constexpr std::string_view kind = "mailbox";

  store::StoreAccess queues;  // configuration: survives a crash

  // What to do when the store answers.
  struct Stored {
    MessageId id;
    NodeId sender;
    CLEAVE_DESCRIBE(id, sender)
  };
  struct Fetched {
    NodeId device;
    CLEAVE_DESCRIBE(device)
  };

  struct Memory {  // lost in a crash
    StoreClient<Stored, Fetched> client;
    CLEAVE_DESCRIBE(client)
  } memory;
  CLEAVE_DESCRIBE(queues, memory)

  using Receives = Join<std::variant<Start, Submit, Pull>, StoreClient<Stored, Fetched>::Receives>;

  void on(const Start& start, NodeId /*self*/, Context& /*ctx*/) {
    memory.client.open({queues}, start.incarnation);
  }
  void on(const Submit& m, NodeId sender, Context& ctx) {
    memory.client.append(ctx, queue_of(m.to), m.envelope, Stored{m.id, sender});
  }
  // One tick: the sender may show it only when the store says that the message is safe.
  void on(const Answer<Stored>& stored, NodeId /*replica*/, Context& ctx) {
    const auto& [id, sender] = stored.then;
    if (!stored.ok()) return ctx.send(sender, TryAgain{id});
    ctx.send(sender, Accepted{id});
  }
  void on(const Pull& m, NodeId device, Context& ctx) {
    memory.client.read_from(ctx, queue_of(m.device), m.from, Fetched{device});
  }
  void on(const Answer<Fetched>& fetched, NodeId /*replica*/, Context& ctx) {
    if (fetched.ok())
      ctx.send(fetched.then.device, Batch{fetched.result.version, fetched.result.values});
  }
  template <FromStore M>  // answers, timers and broken connections: the client's business
  void on(const M& m, NodeId from, Context& ctx) {
    memory.client.on(m, from, ctx, *this);
  }

  store::ObjectName queue_of(DeviceId device) const {
    return {queues.store, ObjectType::queue, "device/" + std::to_string(device.value)};
  }
};

}  // namespace cleave::models::example
