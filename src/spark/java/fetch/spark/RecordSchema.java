package fetch.spark;

import fetch.output.Column;
import fetch.output.Field;
import fetch.output.MetaColumn;
import fetch.output.OptionalField;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of records, for Parquet and for Spark. Names, order and meaning are those of the
 * fields in all other formats.
 */
record RecordSchema(List<Column> columns) {
  /** The type of a column. */
  enum Kind {
    /** Text, or JSON as text. */
    TEXT,
    NUMBER,
    FLAG,
    /** A fraction. */
    SECONDS
  }

  static Kind kind(Column column) {
    return switch (column) {
      case Field field -> kind(field);
      case OptionalField(Field field) -> kind(field);
      case MetaColumn _ -> Kind.TEXT;
    };
  }

  private static Kind kind(Field field) {
    return switch (field) {
      case URLNUM,
          RESPONSE_CODE,
          EXITCODE,
          NUM_REDIRECTS,
          NUM_RETRIES,
          SIZE_DOWNLOAD,
          SIZE_DELIVERED,
          REMOTE_PORT,
          WARC_OFFSET,
          WARC_LENGTH,
          DUPLICATE_OF ->
          Kind.NUMBER;
      case OK, BODY_TRUNCATED -> Kind.FLAG;
      case TIME_QUEUE,
          TIME_NAMELOOKUP,
          TIME_CONNECT,
          TIME_APPCONNECT,
          TIME_STARTTRANSFER,
          TIME_TOTAL ->
          Kind.SECONDS;
      case INPUT,
          URL,
          URL_EFFECTIVE,
          METHOD,
          ERROR,
          ERRORMSG,
          HTTP_VERSION,
          CONTENT_TYPE,
          REMOTE_IP,
          TIME_START,
          FILENAME_EFFECTIVE,
          MD5,
          SHA1,
          SHA256,
          SHA512,
          BLAKE3,
          ETAG,
          LAST_MODIFIED,
          CHANGE,
          RESPONSE_HEADERS,
          REDIRECTS,
          BODY,
          BODY_BASE64 ->
          Kind.TEXT;
    };
  }

  /** The schema of a Parquet file. Every column but the position may be null. */
  MessageType parquet() {
    List<Type> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(parquet(column));
    }
    return new MessageType("record", fields);
  }

  private static Type parquet(Column column) {
    String name = column.label();
    return switch (kind(column)) {
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case NUMBER ->
          column == Field.URLNUM
              ? Types.required(PrimitiveTypeName.INT64).named(name)
              : Types.optional(PrimitiveTypeName.INT64).named(name);
      case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case SECONDS -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
    };
  }

  /** The schema of the Dataset. */
  StructType spark() {
    StructField[] fields =
        columns.stream()
            .map(column -> DataTypes.createStructField(column.label(), spark(column), true))
            .toArray(StructField[]::new);
    return DataTypes.createStructType(fields);
  }

  private static DataType spark(Column column) {
    return switch (kind(column)) {
      case TEXT -> DataTypes.StringType;
      case NUMBER -> DataTypes.LongType;
      case FLAG -> DataTypes.BooleanType;
      case SECONDS -> DataTypes.DoubleType;
    };
  }
}
