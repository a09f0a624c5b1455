// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/downloads.h"
#include "core/catalogue.h"

#include <QObject>
#include <QPointer>

#include <filesystem>
#include <memory>
#include <string>

class GetModelsDialog;
class QMainWindow;
class QToolButton;
class Session;

/// How networks come to this computer, for the whole window: the catalogue, what is being fetched,
/// and the dialogue *Get models*. What is fetched goes on while the dialogue is closed; then the
/// status bar says how far it is. Nobody is asked for anything before a button that names the hosts
/// is pressed.
class GetModels : public QObject
{
    Q_OBJECT

public:
    GetModels(Session& session, QMainWindow& window);
    ~GetModels() override;

    /// That of a widget's window; null where it has none.
    static GetModels* of(const QWidget& widget);

    /// Other rules than usualRules(), and another catalogue, before anything is opened.
    void setPlace(std::shared_ptr<const DownloadRules> rules, Catalogue catalogue);
    /// Opens the dialogue, at an entry of the catalogue where there is one of that id.
    void open(const std::string& id = {});
    /// The same at a model that a mode needs for photographs.
    void openFor(const std::string& mode);
    GetModelsDialog* dialog() const; ///< null while it is closed

    const Catalogue& catalogue() const { return m_catalogue; }
    Downloads& downloads() const { return *m_downloads; }
    QString site() const; ///< its name
    QString modeName(const std::string& id) const;

    /// Whether use() can take a file of such a folder.
    static bool canUse(const std::string& folder);
    /// Chooses it in the window: a model in a mode that it is for, or a LoRA.
    void use(const CatalogueEntry* entry, const std::filesystem::path& file);

Q_SIGNALS:
    /// A file is there that was fetched or taken in.
    void arrived(const std::filesystem::path& file);

private:
    void prepare();
    void take(int number);
    void makeStatus();
    void showProgress();

    Session& m_session;
    QMainWindow& m_window;
    Catalogue m_catalogue;
    std::shared_ptr<const DownloadRules> m_rules;
    std::unique_ptr<Downloads> m_downloads;
    QPointer<GetModelsDialog> m_dialog;
    QToolButton* m_status = nullptr; ///< in the status bar, once something was fetched
};

/// Bytes as people read them.
QString amountText(uint64_t bytes);
