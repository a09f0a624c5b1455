// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ownpresets.h"
#include "ui/noticebar.h"

#include <QToolButton>

class QMenu;
class Session;

/// The list of presets, those that come with the method and one's own: they are chosen, saved from
/// the values as they are, taken in from files, and looked after.
class PresetButton : public QToolButton
{
    Q_OBJECT

public:
    explicit PresetButton(Session& session, QWidget* parent = nullptr);

    /// Shows what is chosen now.
    void refresh();
    QString note() const; ///< of the chosen one
    /// Puts the preset of a file among one's own, in the background, and says so by told().
    void takeIn(const QString& path);
    /// Says by told() which files of one's own presets cannot be read, each once.
    void tellDamaged();

Q_SIGNALS:
    /// Something to be said above the pictures.
    void told(const QString& sentence, bool error, const NoticeBar::Answers& answers);

private:
    void fill();
    void addShipped();
    void addOwn();
    void save();
    void manage();
    void chooseFile();
    void put(const PresetFile& file);
    void choose(const OwnPreset& preset);
    void use(const std::string& method, const OwnPreset& preset);

    Session& m_session;
    QMenu* m_menu;
    std::vector<PresetFile> m_own; ///< of the method, when they were listed last
    QStringList m_damaged;         ///< said already
};
