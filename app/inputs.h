// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "app/sourcefile.h"
#include "core/picture/imagefile.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

#include <functional>
#include <map>
#include <stop_token>
#include <utility>
#include <vector>

class Settings;
struct LoadedPicture;

/// A picture as it comes in: a file, the bytes of one, or pixels (from a clipboard that has nothing
/// else).
struct Given
{
    QString path = {};
    QByteArray bytes = {};
    std::function<Image()> pixels = {}; ///< called in the background
    int64_t pixelCount = 0;             ///< of pixels()
    QString name = {};                  ///< to show; of a file its own
};

/// As many as a slot takes: more no record and no session has.
constexpr int mostPictures = 256;
/// The input pictures of the document: how they come in, move and go.
class Inputs : public QObject
{
    Q_OBJECT

public:
    Inputs(Editor& editor, Settings& settings, QObject* parent = nullptr);
    ~Inputs() override; ///< stops what is being loaded

    const Input& at(const Place& place) const; ///< empty if there is none
    const std::vector<Input>& in(const std::string& slot) const;

    /// The one door for pictures from outside: loads into a place and those behind it, in the
    /// background, as many as the slot takes. failed() or Editor::inputChanged() follows, notes()
    /// where something is to be said. A later change of the place counts more.
    void load(const Place& place, std::vector<Given> given);
    /// The pixels that what is given at once may have in all; the first picture is taken whatever
    /// it has.
    void setMostPixels(int64_t pixels) { m_mostPixels = pixels; }
    /// The same for several places at once, as one step of the history.
    void loadEach(std::vector<std::pair<Place, Given>> given);
    /// Puts a picture into a place; one behind the last adds it. What stands beside a picture
    /// stays.
    void set(const Place& place, SharedImage image, const QString& name);
    /// Puts the picture with what stands beside it; an empty one clears the place, and those behind
    /// it move up. What is still being loaded there comes too late.
    void put(const Place& place, const Input& input);
    void clear(const Place& place);
    void swap(const std::string& a, const std::string& b);
    /// Moves a picture to another place of its slot; those between move up or down.
    void move(const Place& from, int to);
    void setWeight(const Place& place, double weight);
    void setKind(const Place& place, const std::string& kind);
    void setSpan(const Place& place, double begin, double end);
    /// Turns a picture by a quarter, in the background.
    void turn(const Place& place, bool left);
    /// Leaves of a picture what is in the rectangle, in its pixels; outside of it there is nothing.
    void crop(const Place& place, int x, int y, int width, int height);
    /// Puts a picture that was painted by hand into its place. What stands beside the picture
    /// stays, and the result keeps its size. @p what is done there in words, "Fill %1"; empty: it
    /// is painted.
    void setPainted(
        const Place& place, SharedImage image, const QString& name, const QString& what = {});
    /// Takes the pictures of a slot in place of those that are there.
    void replace(const std::string& slot, std::vector<Input> inputs);
    /// A number that changes with every change of a place: what was begun for an earlier one comes
    /// too late.
    int version(const Place& place) const;
    /// What is being loaded there is stopped, or comes too late from now on.
    int supersede(const Place& place);

    /// The file that a picture came from, of a session that has it; null: there is none.
    ReadFile original(const Place& place) const;
    /// Who has these files, by the picture.
    void setOriginals(std::function<ReadFile(const SharedImage&)> originals)
    {
        m_originals = std::move(originals);
    }

Q_SIGNALS:
    /// A picture was read from a file, and stands in its place.
    void cameFromFile(const SharedImage& image, const SourceFile& source);
    void failed(const Place& place, const QString& sentence);
    void notes(const Place& place, const QStringList& notes);
    /// Something was done beyond what was asked for; @p undo does it back. @p step is the step of
    /// the history that did this and nothing else, 0 where there is none.
    void announced(const QString& sentence, int step, const std::function<void()>& undo);

private:
    QString label(const QString& what, const Place& place) const;
    bool mayLoad(const Place& place);
    void take(const Place& place, const std::vector<LoadedPicture>& all, std::size_t given);
    bool take(const Place& place, const LoadedPicture& picture);
    void edit(const Place& place, const QString& what, std::function<Image(const Image&)> edit);
    void alter(const Place& place, const std::function<void(Input&)>& change);
    void follow(const Place& place);
    void dropLoads(const Document& before);
    void unfollow(const Place& place);

    Editor& m_editor;
    Settings& m_settings;
    int64_t m_mostPixels = mostPixels; ///< as a record has at most
    std::function<ReadFile(const SharedImage&)> m_originals;
    std::map<Place, int> m_versions;
    std::map<Place, std::stop_source> m_loading;
    std::map<std::string, Values> m_followed; ///< slot -> the values that its picture gave
};

/// The kind of a picture in a slot; the slot's first where none was chosen.
std::string kindOf(const Slot& slot, const Input& input);
/// What people call it.
QString kindLabel(const Slot& slot, const std::string& kind);
