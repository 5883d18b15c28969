import { useMemo, useState, type JSX } from 'react';
import { Button } from 'react-aria-components/Button';
import { Tree, TreeItem, TreeItemContent, type Key } from 'react-aria-components/Tree';
import { Badge, Code, Icon, PlainText, Segments } from '../../ui/index.ts';
import { branches, schemaTree, type SchemaNode } from './schema-tree.ts';

/** What may be in the data of an alert: as a tree to walk with the arrows, or as it is written. */
export function SchemaView({ schema, name }: { schema: unknown; name: string }): JSX.Element {
  const [form, setForm] = useState<'tree' | 'raw'>('tree');
  const nodes = useMemo(() => schemaTree(schema), [schema]);
  const all = useMemo(() => branches(nodes), [nodes]);
  const [expanded, setExpanded] = useState<ReadonlySet<Key>>(() => new Set(all));
  return (
    <div className="stack gap-3">
      <div className="row">
        <Segments
          label="Form of the schema"
          options={[
            { value: 'tree', label: 'Tree' },
            { value: 'raw', label: 'JSON Schema' },
          ]}
          value={form}
          onChange={setForm}
        />
      </div>
      {form === 'raw' ? (
        <Code label="JSON Schema" text={JSON.stringify(schema, null, 2)} />
      ) : nodes.length === 0 ? (
        <p className="muted">The schema names no properties: any object may come.</p>
      ) : (
        <Tree
          className="tree schema-tree"
          aria-label={`Schema of ${name}`}
          selectionMode="none"
          expandedKeys={expanded}
          onExpandedChange={setExpanded}
        >
          {nodes.map((node) => (
            <Branch key={node.id} node={node} />
          ))}
        </Tree>
      )}
    </div>
  );
}

function Branch({ node }: { node: SchemaNode }): JSX.Element {
  return (
    <TreeItem id={node.id} textValue={node.name} className="tree-item" hasChildItems={node.children.length > 0}>
      <TreeItemContent>
        {({ isExpanded, hasChildItems }) => (
          <div className="tree-label schema-label">
            {hasChildItems ? (
              <Button
                slot="chevron"
                className="button is-quiet is-small is-icon"
                aria-label={isExpanded ? 'Close' : 'Open'}
              >
                <Icon name={isExpanded ? 'chevronDown' : 'chevronRight'} />
              </Button>
            ) : (
              <span className="tree-space" />
            )}
            <Property node={node} />
          </div>
        )}
      </TreeItemContent>
      {node.children.map((child) => (
        <Branch key={child.id} node={child} />
      ))}
    </TreeItem>
  );
}

function Property({ node }: { node: SchemaNode }): JSX.Element {
  const { name, type, isRequired, description, rules } = node;
  return (
    <div className="schema-property">
      <span className="row gap-2">
        <code className="strong">
          <PlainText text={name} />
        </code>
        <span className="muted small">
          <PlainText text={type} />
        </span>
        {isRequired && <Badge tone="info">required</Badge>}
      </span>
      {description !== '' && (
        <span className="small">
          <PlainText text={description} />
        </span>
      )}
      {rules.length > 0 && (
        <span className="muted small">
          <PlainText text={rules.join(' · ')} />
        </span>
      )}
    </div>
  );
}
