// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/confinement.h"

#include "app/checkpointhelper.h"
#include "app/conversionprocess.h"
#include "core/convert.h"
#include "tests/failure.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <net/if.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// A checkpoint of the form from before PyTorch 1.6 with one tensor of so many zeros.
QByteArray oneTensor(qint32 count)
{
    const auto text = [](const char* string) {
        return "X" + QByteArray(1, char(std::strlen(string))) + QByteArray(3, '\0') + string;
    };
    const auto bytes = [](auto number) {
        return QByteArray(reinterpret_cast<const char*>(&number), sizeof number);
    };
    const QByteArray start("\x80\2", 2);
    return start + QByteArray("\x8a\nl\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 13) + start
        + "M\xe9\3." + start + "}" + text("little_endian") + "\x88s." + start + "}" + text("a")
        + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n"
        + text("0") + text("cpu") + "J" + bytes(count) + "NtQK" + QByteArray(1, '\0') + "J"
        + bytes(count) + "\x85K\1\x85\x89" + "ccollections\nOrderedDict\n)RtRs." + start + "]("
        + text("0") + "e." + bytes(qint64(count)) + QByteArray(4 * qsizetype(count), '\0');
}

} // namespace

/// What the process that reads pickles can still do, tried by itself.
class ConfinementTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_cache;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_cache.path().toUtf8());
    }

    void fromInsideNothingElseCanBeReached()
    {
#if defined(__SANITIZE_ADDRESS__)
        QSKIP(
            "Its runtime asks the system whether memory can be read, which is not allowed there.");
#endif
        const std::string pickle = TEST_DATA "/single-file-sd1/subset.ckpt";
        const std::string said = failure([&] { convertedCheckpoint(pickle, {}); });
        QVERIFY2(said.starts_with("status 0; "), said.c_str()); // it was converted before
        for (const char* attempt :
             {"inet", "unix", "netlink", "another file", "the same file", "a new file",
              "its folder", "a program", "a process", "a thread", "a signal", "tracing", "code"})
            QVERIFY2(
                said.find(std::string(attempt) + ": Operation not permitted") != said.npos,
                (attempt + (" in: " + said)).c_str());
    }

    void aConversionThatTakesTooMuchMemoryIsToldAndLeavesNothing()
    {
#if defined(__SANITIZE_ADDRESS__)
        QSKIP("It takes terabytes of addresses.");
#endif
        const QTemporaryDir folder;
        const auto path = [&](const char* name) {
            const QString file = folder.filePath(QLatin1String(name));
            QFile written(file);
            if (written.open(QFile::WriteOnly))
                written.write(oneTensor(4 << 20));
            return file.toStdString();
        };
        const std::string whole = failure([&] { convertedCheckpoint(path("whole.ckpt"), {}); });
        QVERIFY2(whole.starts_with("status 0; "), whole.c_str());
        const std::string said = failure([&] { convertedCheckpoint(path("hungry.ckpt"), {}); });
        QVERIFY2(said.starts_with("There is not enough memory to convert "), said.c_str());
        QVERIFY2(said.find("hungry.ckpt. Close") != said.npos, said.c_str());
        QDirIterator left(m_cache.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (left.hasNext()) // but what the checkpoint's hash is
            QVERIFY2(left.next().endsWith(QLatin1String(".sha256")), qPrintable(left.filePath()));
    }

    void eachLayerHoldsByItself_data()
    {
        QTest::addColumn<QString>("layer");
        QTest::addColumn<QString>("attempt");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char* layer, const char* attempt, const char* outcome) {
            QTest::addRow("%s %s", layer, attempt)
                << QString::fromLatin1(layer) << QString::fromLatin1(attempt)
                << QString::fromLatin1(outcome);
        };
        row("Landlock", "another file", "Permission denied");
        row("Landlock", "a new file", "Permission denied");
        row("Landlock", "its folder", "Permission denied");
        row("Landlock", "a program", "Permission denied");
        row("seccomp", "another file", "Operation not permitted");
        row("seccomp", "inet", "Operation not permitted");
        row("rlimit", "another file", "Too many open files");
        row("rlimit", "seconds", "60, then 65");
        row("rlimit", "memory", "Cannot allocate memory");
        row("namespaces", "interfaces", "lo");
        row("no_new_privs", "privileges", "none");
    }

    void eachLayerHoldsByItself()
    {
        QFETCH(QString, layer);
        QFETCH(QString, attempt);
        QFETCH(QString, outcome);
        QProcess process;
        process.start(
            QFileInfo(QStringLiteral("/proc/self/exe")).canonicalFilePath(),
            {QStringLiteral("try-layer"), layer});
        QVERIFY(process.waitForFinished());
        const QString said = QString::fromUtf8(process.readAllStandardError());
        if (said.contains(QStringLiteral("missing: ") + layer))
            QSKIP("This system does not have it.");
        QVERIFY2(said.contains(QStringLiteral("%1: %2; ").arg(attempt, outcome)), qPrintable(said));
    }
};

namespace {

/// Tries what a confined process must not do; says on standard error what came of each.
void tryEverything(const char* file)
{
    const auto say = [](const char* attempt, bool done) {
        std::fprintf(stderr, "%s: %s; ", attempt, done ? "done" : strerrordesc_np(errno));
    };
    say("inet", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    say("unix", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    say("netlink", socket(AF_NETLINK, SOCK_RAW, 0) >= 0);
    say("another file", open("/etc/passwd", O_RDONLY) >= 0);
    say("the same file", open(file, O_RDONLY) >= 0);
    const std::string beside = std::string(file) + ".new";
    say("a new file", open(beside.c_str(), O_WRONLY | O_CREAT, 0600) >= 0);
    say("its folder", open(".", O_RDONLY | O_DIRECTORY) >= 0);
    char program[] = "/bin/true";
    char* const arguments[] = {program, nullptr};
    const auto begin = [&] { return execve(program, arguments, nullptr) == 0 ? 0 : errno; };
    const pid_t child = fork();
    if (child == 0)
        _exit(begin());
    say("a process", child > 0);
    int status = 0;
    errno = child > 0 && waitpid(child, &status, 0) == child ? WEXITSTATUS(status) : begin();
    say("a program", errno == 0);
    pthread_t thread = {};
    errno = pthread_create(
        &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
    say("a thread", errno == 0);
    say("a signal", kill(getppid(), 0) == 0);
    say("tracing", ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0);
    const size_t much = size_t(64) << 30; // addresses alone, which nothing but a limit refuses
    say("memory",
        mmap(nullptr, much, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
            != MAP_FAILED);
    say("code",
        mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            != MAP_FAILED);
}

/// Leaves this process a megabyte.
void useUpMemory()
{
    constexpr size_t piece = 64 << 10;
    static std::vector<void*> pieces(
        1 << 16); // static, or the compiler sees that nobody needs them
    const rlimit none = {.rlim_cur = 1, .rlim_max = 1};
    setrlimit(RLIMIT_AS, &none);
    for (void*& each : pieces)
        each = std::malloc(piece);
    for (size_t i = 0; i < 16; ++i)
        std::free(pieces[i]);
}

/// What one layer alone forbids.
int tryLayer(const std::string& name)
{
    const auto layer = std::ranges::find(allLayers(), name, nameOf);
    const Allowance little {.memory = uint64_t(1) << 30, .file = 1 << 20, .processor = 60};
    for (const Layer missing : confine(little, {*layer}))
        std::fprintf(stderr, "missing: %s; ", nameOf(missing).c_str());
    if (*layer == Layer::Namespaces) {
        std::string interfaces;
        struct if_nameindex* const all = if_nameindex();
        for (const auto* each = all; each && each->if_name; ++each)
            interfaces += each->if_name;
        std::fprintf(stderr, "interfaces: %s; ", interfaces.c_str());
        return 0;
    }
    if (*layer == Layer::Privileges) {
        const bool holds = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
        std::fprintf(stderr, "privileges: %s; ", holds ? "none" : "some");
        return 0;
    }
    if (rlimit most = {}; getrlimit(RLIMIT_CPU, &most) == 0)
        std::fprintf(
            stderr, "seconds: %lu, then %lu; ", static_cast<unsigned long>(most.rlim_cur),
            static_cast<unsigned long>(most.rlim_max));
    tryEverything("/etc/passwd");
    return 0;
}

} // namespace

/// The helper starts the program that it is part of: here, this test.
int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() > 3 && arguments[0] == "convert-checkpoint") {
        if (arguments[3].find("hungry") != std::string::npos) {
            prepareConversion(); // what takes memory besides
            useUpMemory();
            _exit(convertCheckpointsHere({arguments.begin() + 2, arguments.end()}));
        }
        const int status = convertCheckpointsHere({arguments.begin() + 2, arguments.end()});
        std::fprintf(stderr, "status %d; ", status);
        tryEverything(arguments[3].c_str());
        _exit(1);
    }
    if (arguments.size() == 2 && arguments[0] == "try-layer")
        _exit(tryLayer(arguments[1]));
    QCoreApplication application(argc, argv);
    ConfinementTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_confinement.moc"
