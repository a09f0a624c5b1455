<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>CurvePlot</name>
    <message numerus="yes">
        <source>%1 by %2, %n curve(s)</source>
        <translation>
            <numerusform>%1 by %2, one curve</numerusform>
            <numerusform>%1 by %2, %n curves</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectExport</name>
    <message numerus="yes">
        <source>%n picture(s) saved, with their numbers as NPY beside them.</source>
        <translation>
            <numerusform>One picture saved, with its numbers as NPY beside it.</numerusform>
            <numerusform>%n pictures saved, with their numbers as NPY beside them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>An animation of %n step(s) is saved.</source>
        <translation>
            <numerusform>An animation of one step is saved.</numerusform>
            <numerusform>An animation of %n steps is saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PicturePlace</name>
    <message numerus="yes">
        <source>Fill the slots
with %n pictures</source>
        <translation>
            <numerusform>Fill the slots
with one picture</numerusform>
            <numerusform>Fill the slots
with %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message numerus="yes">
        <source>Run %1 paused, %n waiting</source>
        <translation>
            <numerusform>Run %1 paused, one waiting</numerusform>
            <numerusform>Run %1 paused, %n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting, paused</source>
        <translation>
            <numerusform>One waiting, paused</numerusform>
            <numerusform>%n waiting, paused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>One waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WordChips</name>
    <message numerus="yes">
        <source>%1, %n token(s). A click shows or hides its map; a double click shows it alone. Left and right go to the next word.</source>
        <translation>
            <numerusform>%1, one token. A click shows or hides its map; a double click shows it alone. Left and right go to the next word.</numerusform>
            <numerusform>%1, %n tokens. A click shows or hides its map; a double click shows it alone. Left and right go to the next word.</numerusform>
        </translation>
    </message>
</context>
</TS>
