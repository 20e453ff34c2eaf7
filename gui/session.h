// Owns the timelines on a thread of its own: commands go in, immutable frames come out. Of seeks
// that wait only the latest is done. Nothing here can change a run: a frame is a copy of the World
// as it was, and what a person does to it makes another run, a branch, and keeps the first.
#pragma once
#include "sim/base/diff.h"
#include "sim/draw/view.h"
#include "sim/explore/branch.h"
#include "sim/explore/recording.h"

#include <QObject>
#include <QString>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace cleave::gui {

// What is seen at the cursor. Never changed once it was sent.
struct Frame {
  std::size_t run = 0;  // which future
  Time at;
  EventId event;  // the last one before or at the cursor
  std::shared_ptr<const World> world;
  std::uint64_t state_digest = 0;
};

// One future: the run that was opened, another configuration of its scenario, or a branch of one.
struct Future {
  std::shared_ptr<const Recording> recording;
  std::optional<std::size_t> parent;  // of a branch
  Time from;                          // of a branch: when it leaves its parent
  std::string label;                  // "as it was", "local", "cut-1", "local, cut-1"
};

// "local"; "as written" of the scenario itself.
std::string label_of_configuration(const std::string& name);

class Session : public QObject {
  Q_OBJECT

 public:
  Session();
  ~Session() override;

  // All of these return at once.
  void open(RecordingRequest request);
  // Fails at once if there is no configuration of that name; nullopt: none is asked for.
  void open_file(const std::string& file, std::optional<std::uint64_t> seed,
                 const std::optional<std::string>& configuration = std::nullopt);
  // Another configuration of what is open. Nothing if it is being run already. Requires: there is
  // one of this name.
  void run_configuration(const std::string& name);
  bool is_running(const std::string& configuration) const;
  void branch(std::size_t parent, Deed deed, Time at);
  // Where a fault begins or ends at another time.
  void stretch(std::size_t parent, Stretch stretch);
  void seek(std::size_t run, Time at);
  void seek(std::size_t run, EventId event);
  // Where two futures part, to the bit, by running both again so far; told by `parted`.
  void find_parting(std::size_t first, std::size_t second);
  // The event in which two replicas came to differ in a field; told by `explained`.
  void explain(std::size_t run, Time at, NodeId left, NodeId right, const std::string& path);
  // The last event that changed a field of a node; told by `explained`.
  void explain_change(std::size_t run, Time at, NodeId node, const std::string& path);

  // On the caller's thread; valid while no signal is handled.
  const std::vector<Future>& futures() const { return futures_; }

 Q_SIGNALS:
  void progressed(int per_mille);
  void failed(const QString& what);
  void opened(std::size_t run);  // futures()[run] is new; all others are gone if it is the first
  void framed(std::shared_ptr<const cleave::gui::Frame> frame);
  void explained(const QString& what, qulonglong event, double seconds);
  void parted(std::size_t first, std::size_t second, std::optional<cleave::Divergence> where);
  void posted(std::function<void()> on_caller);  // by the worker, of itself

 private:
  using Task = std::function<void()>;
  void work(const std::stop_token& stop);
  void add(Task task);
  void post(std::function<void()> on_caller);
  void record_as(RecordingRequest request, Future future, bool first);
  template <class Goal>
  void seek_to(std::size_t run, Goal goal);
  template <class Search>
  void search(std::size_t run, std::string words, Search find);
  void send_frame(std::size_t run);
  // Before the label of a branch: "local, " of one of a configuration.
  std::string origin_of(std::size_t parent) const;

  // The caller's.
  std::vector<Future> futures_;
  std::set<std::string> running_;  // configurations

  // The worker's.
  std::vector<Timeline> timelines_;

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Task> tasks_;
  std::optional<Task> seek_;  // the latest; done when no task waits
  std::jthread worker_;       // last: ends before what it uses
};

}  // namespace cleave::gui
