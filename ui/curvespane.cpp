// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/curvespane.h"

#include "ui/choicebox.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace {

constexpr int cells = 4;

} // namespace

std::vector<Curve> latentNorms(const CurveSource& source, int candidate)
{
    Curve curve {.label = {"Latent norm"}};
    for (std::size_t i = 0; i < source.latents.size(); ++i)
        if (source.latents[i]) {
            curve.x.push_back(double(i) - 1); // after step i - 1; the start before the first
            curve.y.push_back(normOf(*source.latents[i], candidate));
        }
    if (curve.x.empty())
        return {};
    return {curve};
}

std::vector<bool> curvesStandingOut(const std::vector<Curve>& curves)
{
    std::vector<double> means;
    for (const Curve& curve : curves)
        means.push_back(
            std::accumulate(curve.y.begin(), curve.y.end(), 0.0)
            / double(std::max<std::size_t>(1, curve.y.size())));
    return standingOut(means);
}

CurvesPane::CurvesPane(QWidget* parent)
    : QWidget(parent)
    , m_choices(new QWidget(this))
    , m_what(choiceBox(
          m_choices,
          {tr("Length of the latent"), tr("What guidance adds"), tr("Entropy of self-attention"),
           tr("Entropy of cross-attention"), tr("Shares of the cells")},
          tr("What the curves are of"),
          tr("Entropy: 0, a place looks at one thing only; 1, at everything alike. Layers that "
             "stand out from the others are marked.")))
    , m_over(choiceBox(
          m_choices, {tr("over the steps"), tr("over the layers")}, tr("What they go over"),
          tr("Over the layers: at the step that is shown")))
    , m_cell(choiceBox(
          m_choices,
          {QStringLiteral("A"), QStringLiteral("A′"), QStringLiteral("B"), QStringLiteral("B′")},
          tr("Whose shares"), tr("What this cell gives to each of the four")))
    , m_beside(choiceBox(
          m_choices, {}, tr("Earlier run beside it"), tr("An earlier run, as broken lines")))
    , m_plot(new CurvePlot(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_plot);
    m_choices->setProperty("role", QStringLiteral("panel"));
    m_choices->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(m_choices);
    column->setContentsMargins(12, 8, 12, 0);
    column->setSpacing(6);
    m_cell->setCurrentIndex(cells - 1);
    m_what->setCurrentIndex(SelfEntropy);
    for (QComboBox* box : {m_what, m_cell, m_over, m_beside}) {
        column->addWidget(box);
        connect(box, &QComboBox::activated, this, &CurvesPane::refresh);
    }
    connect(m_plot, &CurvePlot::chosen, this, [this](double x) {
        if (overSteps())
            Q_EMIT stepChosen(std::max(0, int(x)));
        else
            Q_EMIT layerChosen(int(x));
    });
    setSources({}, {});
}

bool CurvesPane::overSteps() const
{
    const int what = m_what->currentIndex();
    return what == LatentNorm || what == Guidance || m_over->currentIndex() == 0;
}

void CurvesPane::setSources(const CurveSource& shown, std::vector<CurveSource> earlier)
{
    m_shown = shown;
    m_earlier = std::move(earlier);
    const QSignalBlocker quiet(m_beside);
    const QString before = m_beside->currentText();
    m_beside->clear();
    m_beside->addItem(tr("nothing beside it"));
    for (const CurveSource& source : m_earlier)
        m_beside->addItem(tr("beside %1").arg(source.name));
    m_beside->setCurrentIndex(std::max(0, m_beside->findText(before)));
    m_beside->setEnabled(!m_earlier.empty());
    refresh();
}

void CurvesPane::setView(const View& view)
{
    m_view = view;
    refresh();
}

std::vector<Curve> CurvesPane::curvesOf(const CurveSource& source) const
{
    const int what = m_what->currentIndex();
    if (what == LatentNorm)
        return latentNorms(source, m_view.subject.candidate);
    if (what == Guidance) {
        const Curve curve = guidanceOverSteps(source.steps, m_view.subject);
        return curve.x.empty() ? std::vector<Curve>() : std::vector {curve};
    }
    const auto at = std::size_t(std::max(0, m_view.step));
    const auto step = at < source.steps.size() ? source.steps[at] : nullptr;
    if (what == Shares) {
        View view = m_view; // the mean of all layers, whichever is looked at
        view.layers = {};
        std::vector<Curve> all = overSteps() ? sharesOverSteps(source.steps, view)
            : step                           ? sharesOverLayers(*step, view)
                                             : std::vector<Curve>();
        const auto first = std::size_t(m_cell->currentIndex() * cells);
        if (all.size() < first + cells || all[first].x.empty())
            return {};
        return {all.begin() + long(first), all.begin() + long(first) + cells};
    }
    const auto kind = what == SelfEntropy ? SiteKind::SelfAttention : SiteKind::CrossAttention;
    if (overSteps())
        return entropyOverSteps(source.steps, kind, m_view.subject);
    if (!step)
        return {};
    return {entropyOverLayers(*step, kind, m_view.subject)};
}

void CurvesPane::refresh()
{
    const int what = m_what->currentIndex();
    m_cell->setVisible(what == Shares);
    m_over->setVisible(what != LatentNorm && what != Guidance);
    CurvePlot::Content content {
        .curves = curvesOf(m_shown),
        .x = overSteps() ? tr("step") : tr("layer"),
        .y = title(),
        .shownFrom = overSteps(),
        .fromZero = what == Shares,
        .empty = what == Guidance ? tr("This run has no guidance: its scale is 1.")
            : what == Shares
            ? tr("Shares are those of a grid of four cells, and this run has none.")
            : tr("Nothing of this is known of the step yet.")};
    if (m_beside->currentIndex() > 0)
        content.earlier = curvesOf(m_earlier[std::size_t(m_beside->currentIndex()) - 1]);
    if (what == SelfEntropy || what == CrossEntropy) {
        if (overSteps())
            content.marked = curvesStandingOut(content.curves);
        else if (!content.curves.empty())
            content.marked = standingOut(content.curves.front().y);
    }
    m_plot->setContent(content);
    m_plot->setPosition(overSteps() ? m_view.step : -1);
}

QString CurvesPane::title() const
{
    return m_what->currentIndex() == Shares ? tr("What %1 gives to").arg(m_cell->currentText())
                                            : m_what->currentText();
}

std::string CurvesPane::csv() const
{
    return toCsv(overSteps() ? "step" : "layer", m_plot->content().curves);
}
