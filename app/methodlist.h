// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QString>
#include <QStringList>

#include <vector>

/// The methods that were found, the modes in their order and then the tools; and the
/// plug-ins that could not be loaded, with the reason.
class MethodList
{
public:
    /// Loads every plug-in of the folder (empty: lib/simile/methods or plugins/ beside the program)
    /// and the presets that belong to its method.
    explicit MethodList(const QString& folder = {});
    /// These methods alone.
    explicit MethodList(std::vector<Method> methods);

    const std::vector<Method>& methods() const { return m_methods; }
    const Method* find(const std::string& id) const; ///< null if there is none
    const QStringList& failures() const { return m_failures; }

private:
    std::vector<Method> m_methods;
    QStringList m_failures;
};

/// The preset with all of a paper's values.
inline constexpr const char* paperPreset = "paper";
/// Whether what a method has without preset and recommendation is its paper's: then it has that
/// preset. Else it is the method's own.
bool hasPapersValues(const Method& method);
