using AnyFetch.Providers.Evernote.Thrift;

namespace AnyFetch.Providers.Evernote;

/// <summary>How far an account is (NoteStore.thrift, struct SyncState). Times are milliseconds since 1970 at Evernote.</summary>
/// <param name="Now">Evernote's own time.</param>
/// <param name="FullSyncBefore">Whoever listed before this has to list everything again.</param>
/// <param name="UpdateCount">The highest update sequence number there is.</param>
internal sealed record EvernoteState(long Now, long FullSyncBefore, int UpdateCount)
{
    public static EvernoteState Read(ThriftReader reader)
    {
        var state = new EvernoteState(0, 0, -1);
        while (reader.Next(out var field))
        {
            switch (field)
            {
                case (1, ThriftType.Int64):
                    state = state with { Now = reader.ReadInt64() };
                    break;
                case (2, ThriftType.Int64):
                    state = state with { FullSyncBefore = reader.ReadInt64() };
                    break;
                case (3, ThriftType.Int32):
                    state = state with { UpdateCount = reader.ReadInt32() };
                    break;
                default:
                    reader.Skip(field.Type);
                    break;
            }
        }

        return state.UpdateCount >= 0 ? state : throw new InvalidDataException("The state of the account has no count.");
    }
}
