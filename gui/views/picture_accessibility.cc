// What screen readers are told of a picture: a list whose items are its spots.
#include "gui/views/picture_view.h"

#include <QAccessibleInterface>
#include <QAccessibleWidget>
#include <map>
#include <memory>

namespace cleave::gui {
namespace {

class PictureAccessible;

class SpotAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
 public:
  SpotAccessible(PictureView* view, std::size_t index) : view_(view), index_(index) {}

  bool isValid() const override { return spot() != nullptr; }
  QObject* object() const override { return nullptr; }
  QAccessibleInterface* parent() const override {
    return QAccessible::queryAccessibleInterface(view_);
  }
  int childCount() const override { return 0; }
  QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
  QAccessibleInterface* childAt(int /*x*/, int /*y*/) const override { return nullptr; }
  int indexOfChild(const QAccessibleInterface* /*child*/) const override { return -1; }
  QString text(QAccessible::Text what) const override {
    const draw::Spot* s = spot();
    return what == QAccessible::Name && s ? QString::fromStdString(s->name) : QString();
  }
  void setText(QAccessible::Text /*what*/, const QString& /*text*/) override {}
  QRect rect() const override {
    const draw::Spot* s = spot();
    if (!s) return {};
    const QRectF local(s->rect.x, s->rect.y, s->rect.width, s->rect.height);
    return {view_->mapToGlobal(local.topLeft()).toPoint(), local.size().toSize()};
  }
  QAccessible::Role role() const override { return QAccessible::ListItem; }
  QAccessible::State state() const override {
    QAccessible::State state;
    state.focusable = true;
    state.selectable = true;
    state.selected = spot() != nullptr && spot()->selected;
    state.focused = view_->focused_spot() == index_ && view_->hasFocus();
    return state;
  }
  void* interface_cast(QAccessible::InterfaceType type) override {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                : nullptr;
  }
  QStringList actionNames() const override { return {pressAction()}; }
  void doAction(const QString& action) override {
    if (action == pressAction() && spot() != nullptr) Q_EMIT view_->picked(spot()->target);
  }
  QStringList keyBindingsForAction(const QString& /*action*/) const override { return {"Return"}; }

 private:
  const draw::Spot* spot() const {
    const auto& spots = view_->shown().drawing.spots;
    return index_ < spots.size() ? &spots[index_] : nullptr;
  }
  PictureView* view_;
  std::size_t index_;
};

class PictureAccessible : public QAccessibleWidget {
 public:
  explicit PictureAccessible(PictureView* view)
      : QAccessibleWidget(view, QAccessible::List, view->accessibleName()), view_(view) {}
  ~PictureAccessible() override {
    for (const auto& [index, id] : children_)
      QAccessible::deleteAccessibleInterface(id);
  }
  int childCount() const override { return static_cast<int>(view_->shown().drawing.spots.size()); }
  QAccessibleInterface* child(int index) const override {
    if (index < 0 || index >= childCount()) return nullptr;
    const auto known = children_.find(index);
    if (known != children_.end()) return QAccessible::accessibleInterface(known->second);
    auto* made = new SpotAccessible(view_, static_cast<std::size_t>(index));
    children_[index] = QAccessible::registerAccessibleInterface(made);
    return made;
  }
  int indexOfChild(const QAccessibleInterface* child) const override {
    for (const auto& [index, id] : children_)
      if (QAccessible::accessibleInterface(id) == child) return index;
    return -1;
  }

 private:
  PictureView* view_;
  mutable std::map<int, QAccessible::Id> children_;
};

QAccessibleInterface* make_accessible(const QString& /*class_name*/, QObject* object) {
  auto* view = qobject_cast<PictureView*>(object);
  return view ? new PictureAccessible(view) : nullptr;
}

}  // namespace

void install_picture_accessibility() {
  QAccessible::installFactory(&make_accessible);
}

}  // namespace cleave::gui
