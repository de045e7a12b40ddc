using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace AnyFetch.Sqlite;

/// <summary>Finds the system's SQLite library once per process and tells which version it is.</summary>
public static class SqliteLibrary
{
    /// <summary>The oldest library that is accepted: STRICT tables came with it.</summary>
    private const int VersionNumberMin = 3_037_000;

    private static readonly string[] s_names = OperatingSystem.IsWindows()
        ? ["winsqlite3", "sqlite3"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"] : ["libsqlite3.so.0", "libsqlite3.so"];

    // Lazy keeps the first failure: a missing library gives the same sentence at every attempt.
    private static readonly Lazy<string> s_loadedVersion = new(LoadOnce);

    /// <summary>The version of the loaded library, such as <c>3.40.1</c>.</summary>
    /// <exception cref="DllNotFoundException">The system has no SQLite library.</exception>
    /// <exception cref="NotSupportedException">The system's SQLite library is older than 3.37.</exception>
    public static string Version => s_loadedVersion.Value;

    /// <summary>The address of a function that the loaded library exports, such as <c>sqlite3_result_int</c>.</summary>
    /// <exception cref="DllNotFoundException">The system has no SQLite library.</exception>
    /// <exception cref="EntryPointNotFoundException">The library has no such function.</exception>
    public static nint GetExport(string name)
    {
        EnsureLoaded();
        return NativeLibrary.GetExport(Resolve("e_sqlite3", typeof(SqliteLibrary).Assembly, null), name);
    }

    internal static void EnsureLoaded() => _ = s_loadedVersion.Value;

    private static string LoadOnce()
    {
        // The bindings ask for "e_sqlite3", a copy that some packages bundle; the system's library answers instead.
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider(true);
        var version = raw.sqlite3_libversion().utf8_to_string();
        if (raw.sqlite3_libversion_number() < VersionNumberMin)
            throw new NotSupportedException($"SQLite {version} is too old: AnyFetch needs 3.37 or newer.");
        return version;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != "e_sqlite3")
            return 0;
        foreach (var candidate in s_names)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
                return handle;
        }

        throw new DllNotFoundException(
            $"The SQLite library ({string.Join(" or ", s_names)}) is not installed. On Debian: apt-get install libsqlite3-0");
    }
}
