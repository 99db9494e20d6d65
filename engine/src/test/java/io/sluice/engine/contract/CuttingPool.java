package io.sluice.engine.contract;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// A pool whose connections can be made to break right after a commit took effect, so that the
/// client does not learn of it.
final class CuttingPool implements DataSource {
  private final DataSource pool;
  private final Set<Object> marked = ConcurrentHashMap.newKeySet();

  CuttingPool(DataSource pool) {
    this.pool = pool;
  }

  void cutAfterNextCommit(Connection connection) {
    marked.add(Proxy.getInvocationHandler(connection));
  }

  @Override
  public Connection getConnection() throws SQLException {
    var real = pool.getConnection();
    java.lang.reflect.InvocationHandler handler =
        new java.lang.reflect.InvocationHandler() {
          @Override
          public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments)
              throws Throwable {
            try {
              var result = method.invoke(real, arguments);
              if (method.getName().equals("commit") && marked.remove(this)) {
                real.abort(Runnable::run);
                throw new SQLException("the connection broke", "08006");
              }
              return result;
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new UnsupportedOperationException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}
