// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inputsdock.h"

#include "app/session.h"
#include "ui/convert.h"
#include "ui/docktitle.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <QtConcurrent>

InputsDock::InputsDock(Session& session, QWidget* parent)
    : QDockWidget(parent)
    , m_session(session)
    , m_swap(new QToolButton(this))
{
    m_swap->setProperty("role", QStringLiteral("flat"));
    m_swap->setToolTip(tr("Exchange the first two pictures (X)"));
    setDockTitle(*this, QStringLiteral("dock.inputs"), tr("Pictures"), m_swap);
    connect(m_swap, &QToolButton::clicked, this, [this] {
        const auto& slots = m_session.method().slots;
        if (slots.size() > 1)
            m_session.swapInputs(slots[0].id, slots[1].id);
    });
    connect(&session, &Session::methodChanged, this, &InputsDock::build);
    connect(&session, &Session::inputChanged, this, &InputsDock::showInput);
    const auto note = [this](const std::string& id, const QString& text, bool error) {
        if (ImageSlot* place = slot(id))
            place->setNote(text, error);
    };
    connect(&session, &Session::inputFailed, this, [note](const auto& id, const QString& text) {
        note(id, text, true);
    });
    connect(&session, &Session::inputNotes, this, [note](const auto& id, const QStringList& texts) {
        note(id, texts.join(QLatin1Char(' ')), false);
    });
    build();
}

void InputsDock::build()
{
    const auto& slots = m_session.method().slots;
    auto* body = new QWidget(this);
    body->setProperty("role", QStringLiteral("panel"));
    auto* grid = new QGridLayout(body);
    grid->setContentsMargins(12, 4, 12, 8);
    grid->setSpacing(8);
    m_slots.clear();
    for (int i = 0; i < int(slots.size()); ++i)
        addSlot(*grid, i);
    if (slots.size() == 3) {
        auto* result = new QLabel(tr("B\u2032\nappears\nin the grid"), body);
        result->setAlignment(Qt::AlignCenter);
        result->setProperty("role", QStringLiteral("placeholder"));
        grid->addWidget(result, 1, 1);
    }
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(grid->rowCount(), 1);
    delete widget();
    setWidget(body);
    m_swap->setVisible(slots.size() > 1);
    if (slots.size() > 1)
        m_swap->setText(
            tr("swap %1 \u2194 %2").arg(withPrime(slots[0].label), withPrime(slots[1].label)));
    for (const Slot& slot : slots)
        showInput(slot.id);
}

void InputsDock::addSlot(QGridLayout& grid, int at)
{
    const Slot& slot = m_session.method().slots[at];
    auto* place = new ImageSlot(
        withPrime(slot.label), QString::fromStdString(slot.help), grid.parentWidget());
    place->setObjectName(QStringLiteral("slot.") + QString::fromStdString(slot.id));
    m_slots[slot.id] = place;
    grid.addWidget(place, at / 2, at % 2);
    const std::string id = slot.id;
    connect(place, &ImageSlot::openRequested, this, [this, id] { Q_EMIT openRequested(id); });
    connect(place, &ImageSlot::filesGiven, this, [this, id](const QStringList& paths) {
        Q_EMIT filesGiven(id, paths);
    });
    connect(place, &ImageSlot::clearRequested, this, [this, id] { m_session.clearInput(id); });
    connect(place, &ImageSlot::imageGiven, this, [this, id](const QImage& image) {
        QtConcurrent::run([image] {
            return toImage(image);
        }).then(this, [this, id](const Image& picture) {
            m_session.setInput(id, picture, tr("pasted"));
        });
    });
}

void InputsDock::showInput(const std::string& id)
{
    ImageSlot* place = slot(id);
    if (!place)
        return;
    const int change = ++m_changes[id];
    const Input& input = m_session.input(id);
    const QString name = QString::fromStdString(input.name);
    if (input.image.empty()) {
        place->setImage({}, {});
        Q_EMIT pictureChanged(id);
        return;
    }
    QtConcurrent::run([image = input.image] {
        return toQImage(image);
    }).then(this, [this, id, name, change](const QImage& image) {
        if (m_changes[id] != change || !slot(id))
            return;
        const QString note = slot(id)->note();
        slot(id)->setImage(image, name);
        Q_EMIT pictureChanged(id);
    });
}

ImageSlot* InputsDock::slot(const std::string& id) const
{
    const auto found = m_slots.find(id);
    return found == m_slots.end() ? nullptr : found->second;
}

std::string InputsDock::target() const
{
    std::string empty, last;
    for (const Slot& slot : m_session.method().slots) {
        if (m_slots.at(slot.id)->hasFocus())
            return slot.id;
        if (empty.empty() && m_session.input(slot.id).image.empty())
            empty = slot.id;
        last = slot.id;
    }
    return empty.empty() ? last : empty;
}

void InputsDock::focusSlot(const std::string& id)
{
    show();
    raise();
    if (ImageSlot* place = slot(id))
        place->setFocus(Qt::OtherFocusReason);
}
