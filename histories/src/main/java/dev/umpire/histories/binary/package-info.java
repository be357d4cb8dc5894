/**
 * The bytes of binary histories: numbered blocks with their checksums, columns of numbers, and values.
 *
 * <p>In: rows of numbers and values. Out: a file that is read from its beginning ({@link
 * dev.umpire.histories.binary.BlockReader}) or block by block ({@link dev.umpire.histories.binary.BlockFile}). What a block
 * means for a history is not known here. Start at {@link dev.umpire.histories.binary.BlockWriter}, which draws the file, and
 * {@link dev.umpire.histories.binary.ColumnWriter}, which draws a column.
 *
 * <p>Decision: columns are differences in as few bits as most of them need, not pages of a general compressor: those are
 * smaller and unpacked at a billion numbers a second, where inflating takes ten times as long. Only values that are no
 * integers are deflated. All numbers are little-endian, as the machines are that read them.
 */
@NullMarked
package dev.umpire.histories.binary;

import org.jspecify.annotations.NullMarked;
