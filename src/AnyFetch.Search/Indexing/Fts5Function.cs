using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnyFetch.Sqlite;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// The SQL function <c>visit(terms)</c> of one connection: shows each match of a full-text query to a visitor and
/// gives 0, or 1 when the visitor has seen enough. Used as a condition it lets SQLite run through all matches in one
/// step, without a row being handed over.
/// </summary>
internal sealed unsafe class Fts5Function : IDisposable
{
    private static readonly delegate* unmanaged[Cdecl]<nint, int, void> s_resultInt =
        (delegate* unmanaged[Cdecl]<nint, int, void>)SqliteLibrary.GetExport("sqlite3_result_int");

    private static readonly delegate* unmanaged[Cdecl]<nint, int, void> s_resultError =
        (delegate* unmanaged[Cdecl]<nint, int, void>)SqliteLibrary.GetExport("sqlite3_result_error_code");

    private readonly GCHandle _handle;
    private MatchVisitor? _visitor;
    private Exception? _failure;

    /// <summary>Registers the function. The connection must be closed before this is disposed.</summary>
    public Fts5Function(SqliteConnection connection)
    {
        _handle = GCHandle.Alloc(this);
        Register(connection);
    }

    /// <summary>Runs a full-text query and shows its matches to a visitor.</summary>
    public void Run(SqliteConnection connection, string expression, MatchVisitor visitor)
    {
        _visitor = visitor;
        _failure = null;
        try
        {
            using var statement = connection.Prepare("SELECT 1 FROM terms WHERE terms MATCH ?1 AND visit(terms)");
            statement.BindText(1, expression);
            while (statement.Step() && !visitor.IsDone)
            {
            }
        }
        catch (SqliteException e) when (_failure is not null)
        {
            throw new InvalidOperationException("A match could not be visited.", _failure ?? e);
        }
        finally
        {
            _visitor = null;
        }
    }

    public void Dispose() => _handle.Free();

    private void Register(SqliteConnection connection)
    {
        var api = FindApi(connection.NativeHandle);

        // struct fts5_api { int iVersion; xCreateTokenizer; xFindTokenizer; xCreateFunction; }
        var create = (delegate* unmanaged[Cdecl]<nint, byte*, nint, nint, nint, int>)((nint*)api)[3];
        fixed (byte* name = "visit\0"u8)
        {
            var visit = (nint)(delegate* unmanaged[Cdecl]<Fts5Api*, nint, nint, int, nint, void>)&Visit;
            if (create(api, name, GCHandle.ToIntPtr(_handle), visit, 0) != 0)
                throw new NotSupportedException("The system's SQLite library does not take full-text functions.");
        }
    }

    /// <summary>FTS5 hands its functions out through a pointer bound to a query.</summary>
    private static nint FindApi(nint database)
    {
        var prepare = (delegate* unmanaged[Cdecl]<nint, byte*, int, nint*, nint, int>)
            SqliteLibrary.GetExport("sqlite3_prepare_v2");
        var bind = (delegate* unmanaged[Cdecl]<nint, int, nint*, byte*, nint, int>)
            SqliteLibrary.GetExport("sqlite3_bind_pointer");
        var step = (delegate* unmanaged[Cdecl]<nint, int>)SqliteLibrary.GetExport("sqlite3_step");
        var finalize = (delegate* unmanaged[Cdecl]<nint, int>)SqliteLibrary.GetExport("sqlite3_finalize");
        nint statement;
        nint api = 0;
        fixed (byte* sql = "SELECT fts5(?1)\0"u8, type = "fts5_api_ptr\0"u8)
        {
            if (prepare(database, sql, -1, &statement, 0) == 0)
            {
                bind(statement, 1, &api, type, 0);
                step(statement);
                finalize(statement);
            }
        }

        return api != 0 ? api : throw new NotSupportedException("The system's SQLite library lacks FTS5.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Visit(Fts5Api* api, nint context, nint result, int count, nint values)
    {
        var self = (Fts5Function)GCHandle.FromIntPtr(api->UserData(context)).Target!;
        try
        {
            self._visitor!.Visit(api, context);
            s_resultInt(result, self._visitor.IsDone ? 1 : 0);
        }
#pragma warning disable CA1031 // An exception must not pass through SQLite's frames: it is kept and thrown after them.
        catch (Exception e)
#pragma warning restore CA1031
        {
            self._failure = e;
            s_resultError(result, 1);
        }
    }
}
