using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;
using AnyFetch.Storage.AccessTokens;
using AnyFetch.Storage.Companies;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Users;

/// <inheritdoc/>
internal sealed class UserStore(IDatabase database, AccessTokenRemoval tokens) : IUserStore
{
    private const string Columns = "id, company, email, name, is_admin, password_hash, is_email_vouched";
    private const string FindSql = $"SELECT {Columns} FROM users WHERE id = $1";
    private const string FindByEmailSql = $"SELECT {Columns} FROM users WHERE email_normal = $1";
    private const string ListSql = $"SELECT {Columns} FROM users WHERE company = $1 ORDER BY id";
    private const string AnySql = "SELECT 1 FROM users LIMIT 1";

    private const string AddSql =
        $"INSERT INTO users ({Columns}, email_normal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
        + "ON CONFLICT (email_normal) DO NOTHING";

    private const string IsEmailTakenSql = "SELECT 1 FROM users WHERE email_normal = $1 AND id <> $2";

    private const string UpdateSql =
        "UPDATE users SET company = $1, email = $2, name = $3, is_admin = $4, password_hash = $5, "
        + "is_email_vouched = $6, email_normal = $7 WHERE id = $8";

    // Two nodes that demote one administrator each must not both see the other one, so all of them are locked.
    private const string LockAdminsSql = "SELECT id FROM users WHERE company = $1 AND is_admin = 1 ORDER BY id";

    private const string MoveTokensSql = "UPDATE access_tokens SET company = $1 WHERE user_id = $2";
    private const string ListTokensSql = "SELECT id FROM access_tokens WHERE user_id = $1";
    private const string DeleteSql = "DELETE FROM users WHERE id = $1";

    private readonly string _lockAdminsSql = LockAdminsSql + database.Dialect.ForUpdate;

    public ValueTask<User?> FindAsync(UserId id, CancellationToken cancellationToken) =>
        database.QueryAsync(FindSql, [id], Read, cancellationToken).FirstAsync();

    public ValueTask<User?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        database.QueryAsync(FindByEmailSql, [User.NormalizeEmail(email)], Read, cancellationToken).FirstAsync();

    public ValueTask<IReadOnlyList<User>> ListAsync(CompanyId company, CancellationToken cancellationToken) =>
        database.QueryAsync(ListSql, [company], Read, cancellationToken).AsReadOnlyAsync();

    public async ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync(AnySql, [], static row => row.Number(0), cancellationToken).NumberAsync()
            .ConfigureAwait(false) == 0;

    public ValueTask<bool> AddAsync(User user, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Add(session, user), cancellationToken);

    public ValueTask<UserChange> AddWithCompanyAsync(
        Company company,
        User user,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (session.Number(IsEmailTakenSql, [User.NormalizeEmail(user.Email), user.Id]) is not null)
                {
                    return UserChange.EmailTaken;
                }

                if (!CompanyRow.Add(session, company))
                {
                    return UserChange.CompanyNameTaken;
                }

                // Taken since the look above: the transaction is undone and tried again, and sees it then.
                return Add(session, user) ? UserChange.Done : throw new WriteConflictException();
            },
            cancellationToken);

    public ValueTask<UserChange> UpdateAsync(User user, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Update(session, user), cancellationToken);

    public async ValueTask ResetAsync(UserId id, CancellationToken cancellationToken)
    {
        var ids = await database.QueryAsync(
            ListTokensSql,
            [id],
            static row => new AccessTokenId(row.Id(0)),
            cancellationToken).ConfigureAwait(false);
        foreach (var token in ids)
        {
            await tokens.RemoveAsync(token, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<UserChange> RemoveAsync(UserId id, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync(session => Remove(session, id), cancellationToken)
            .ConfigureAwait(false);
        if (removed == UserChange.Done)
        {
            await ResetAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    private UserChange Update(ISqlSession session, User user)
    {
        var stored = session.First(FindSql, [user.Id], Read);
        if (stored is null)
        {
            return UserChange.Unknown;
        }

        var email = User.NormalizeEmail(user.Email);
        if (session.Number(IsEmailTakenSql, [email, user.Id]) is not null)
        {
            return UserChange.EmailTaken;
        }

        var staysAdmin = user.IsAdmin && user.Company == stored.Company;
        if (stored.IsAdmin && !staysAdmin && IsLastAdmin(session, stored))
        {
            return UserChange.LastAdmin;
        }

        session.Execute(
            UpdateSql,
            [
                user.Company, user.Email, user.Name, user.IsAdmin, user.PasswordHash, user.IsEmailVouched, email, user.Id,
            ]);
        if (user.Company != stored.Company)
        {
            session.Execute(MoveTokensSql, [user.Company, user.Id]);
        }

        return UserChange.Done;
    }

    private UserChange Remove(ISqlSession session, UserId id)
    {
        var stored = session.First(FindSql, [id], Read);
        if (stored is null)
        {
            return UserChange.Unknown;
        }

        if (stored.IsAdmin && IsLastAdmin(session, stored))
        {
            return UserChange.LastAdmin;
        }

        session.Execute(DeleteSql, [id]);
        return UserChange.Done;
    }

    private bool IsLastAdmin(ISqlSession session, User user)
    {
        var admins = session.Query(_lockAdminsSql, [user.Company], static row => new UserId(row.Id(0)));
        return admins.TrueForAll(admin => admin == user.Id);
    }

    private static bool Add(ISqlSession session, User user) =>
        session.Execute(
            AddSql,
            [
                user.Id,
                user.Company,
                user.Email,
                user.Name,
                user.IsAdmin,
                user.PasswordHash,
                user.IsEmailVouched,
                User.NormalizeEmail(user.Email),
            ]) == 1;

    private static User Read(ISqlRow row) => new()
    {
        Id = new UserId(row.Id(0)),
        Company = new CompanyId(row.Id(1)),
        Email = row.Text(2),
        Name = row.Text(3),
        IsAdmin = row.Flag(4),
        PasswordHash = row.Text(5),
        IsEmailVouched = row.Flag(6),
    };
}
