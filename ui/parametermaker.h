// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parameterform.h"

/// Makes the editor of a row of the form, by the type of the parameter's value.
struct ParameterForm::Maker
{
    ParameterForm& form;
    const Parameter& p;
    Row& row;
    QWidget* widget = nullptr; ///< the whole editor

    void make();

private:
    void flag();
    void number(bool whole, Value (*make)(double));
    void choice();
    void paragraph();
    void line(Value (*parse)(const Parameter&, const std::string&));
    void file();
    void network(const NetworkSlot& slot);
};
