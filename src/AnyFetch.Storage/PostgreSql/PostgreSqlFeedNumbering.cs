using Npgsql;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>
/// Transaction ids begin again in another cluster, so a store that was restored into one is numbered anew: its entries
/// come before all new ones, in their old order, and its feed gets another name for followers to start over.
/// </summary>
internal sealed class PostgreSqlFeedNumbering(NpgsqlConnection connection)
{
    private const string IsMovedSql =
        "SELECT cluster <> system_identifier::text FROM feed, pg_control_system()";

    private const string RenumberSql =
        """
        UPDATE documents SET feed_transaction = 0, feed_sequence = -ordered.place
        FROM (SELECT company, id, row_number() OVER (ORDER BY feed_transaction DESC, feed_sequence DESC) AS place
              FROM documents) AS ordered
        WHERE documents.company = ordered.company AND documents.id = ordered.id;
        TRUNCATE tombstones, feed_horizons;
        UPDATE documents SET feed_sequence = feed_sequence + (SELECT count(*) + 1 FROM documents);
        DELETE FROM feed_cursors;
        UPDATE feed SET name = replace(gen_random_uuid()::text, '-', ''),
            cluster = (SELECT system_identifier::text FROM pg_control_system());
        """;

    private const string LockSql = "SELECT pg_advisory_xact_lock(4702914471130)";

    public void Check()
    {
        using var transaction = connection.BeginTransaction();
        using var hold = new NpgsqlCommand(LockSql, connection);
        hold.ExecuteNonQuery();
        using var moved = new NpgsqlCommand(IsMovedSql, connection);
        if ((bool)moved.ExecuteScalar()!)
        {
            using var renumber = new NpgsqlCommand(RenumberSql, connection) { CommandTimeout = 0 };
            renumber.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
