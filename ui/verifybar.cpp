// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/verifybar.h"

#include "app/session.h"

#include <utility>

VerifyBar::VerifyBar(Session& session, QWidget* parent)
    : NoticeBar(parent)
    , m_session(session)
{
    const Verifier& verifier = session.verifier();
    connect(&verifier, &Verifier::changed, this, &VerifyBar::refresh);
    connect(
        &verifier, &Verifier::said, this,
        [this](int run, bool equal, const QStringList& sentences) {
            const QString sign = equal ? QStringLiteral("\u2713 ") : QStringLiteral("\u2260 ");
            say(sign + tr("Run %1. %2").arg(run).arg(sentences.join(QLatin1Char(' '))), false);
        });
    connect(&verifier, &Verifier::failed, this, [this](int run, const QString& sentence) {
        say(tr("Run %1 could not be verified. %2").arg(run).arg(sentence), true);
    });
}

void VerifyBar::refresh()
{
    const Verifier& verifier = m_session.verifier();
    const int run = verifier.run(), before = std::exchange(m_run, run);
    if (run == 0) {
        if (before != 0)
            hide();
        return;
    }
    const QString text = verifier.stage().isEmpty()
        ? tr("Run %1 is verified as soon as nothing else is computed.").arg(run)
        : tr("Verifying run %1: %2.").arg(run).arg(verifier.stage());
    if (before == run)
        return setText(text);
    say(text, false, {{tr("Stop"), [this] { m_session.verifier().stop(); }}});
}
