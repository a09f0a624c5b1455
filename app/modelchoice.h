// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkpointhelper.h"
#include "app/document.h"

#include <QObject>

#include <functional>

class Settings;

/// The model of the document: found out what it is, converted where it has to be.
class ModelChoice : public QObject
{
    Q_OBJECT

public:
    ModelChoice(Editor& editor, Settings& settings, QObject* parent = nullptr);

    const ModelCard& card() const { return m_editor.card(); } ///< of the file that is loaded
    ModelCard chosenCard() const; ///< its path is that of the file that was chosen
    bool isDefault() const;
    /// The path as chosen, also of a checkpoint that was converted; empty: the default model.
    QString chosen() const;
    /// Empty: the default model. A .ckpt, .pt, .pth or .bin is converted first, in the background
    /// (stage()). Always returns at once; changed() or failed() follows.
    void choose(const QString& path);
    /// Finds out what the model is that the document says, as at the start of the program.
    void readChosen();
    /// What its UNet predicts: auto, epsilon, v_prediction, sample; remembered for each model.
    void setPrediction(const QString& prediction);
    /// Why the model does not serve the method; empty: it does.
    QString problem() const;
    /// What a run has to wait for, as in "Still needed: the model, which is being read"; empty:
    /// nothing.
    QString awaited() const;
    /// Does it once the model that was chosen is known; at once where it is.
    void whenKnown(const std::function<void()>& then);

Q_SIGNALS:
    void changed();
    void stage(const QString& text); ///< what is done to a model; empty: no longer anything
    void failed(const QString& sentence);

private:
    /// Why it is found out what a model is.
    enum Reason {
        Chosen,  ///< it is about to be put into the document
        Started, ///< it stands in the document from the start; what it predicts is remembered
        CameBack ///< a step was undone or made again, and the document says all
    };
    void begin(const QString& path, Reason reason, int step);
    void drop();
    void describe(const QString& chosen, const QString& file);
    void endConversion();
    void take(const QString& chosen, ModelCard card, const QString& problem);
    void fail(const QString& sentence, const ModelCard& found);
    void followDocument();
    void keepPrediction();

    Editor& m_editor;
    Settings& m_settings;
    CheckpointHelper m_helper;
    QString m_converting; ///< the checkpoint that is being converted
    QString m_reading;    ///< the path of what is being found out
    QString m_known;      ///< the path that the card is of, as chosen
    Reason m_reason = Started;
    int m_step = 0; ///< of the history, to which what is being read belongs; 0: to none yet
    bool m_describing = false;
    int m_descriptions = 0; ///< that were begun; the last one counts
    std::function<void()> m_then;
};
